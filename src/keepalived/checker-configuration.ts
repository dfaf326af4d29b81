import type { BoundDirective } from './bound-directive.ts';
import type { IpAddress } from './ip-address.ts';
import type { ScriptUser } from './node-configuration.ts';

/** What tells whether a real server is up. All checkers of a server must be content. */
export type Checker =
  | TcpCheck
  | PingCheck
  | UdpCheck
  | HttpCheck
  | SmtpCheck
  | DnsCheck
  | MiscCheck
  | FileCheck
  | BfdCheck;

interface CheckerBase {
  readonly directive: BoundDirective;
  /** The server is down until this check has succeeded once. */
  readonly alpha: boolean;
}

/** How often a check runs, inheritance done. */
export interface Repetition {
  readonly delayLoopMs: number;
  /** The first check comes after a random part of this. */
  readonly warmupMs: number;
  readonly retry: number;
  readonly delayBeforeRetryMs: number;
  readonly logAllFailures: boolean;
}

/** Where a check connects to, and from where. */
export interface Connection {
  /** Absent where the last connect_ip is none: the check can never connect. */
  readonly address?: IpAddress;
  readonly port: number;
  readonly bindAddress?: IpAddress;
  /** 0: any. */
  readonly bindPort: number;
  readonly bindInterface?: string;
  readonly connectTimeoutMs: number;
  /** 0: none. */
  readonly firewallMark: number;
}

interface ConnectingCheck extends CheckerBase, Repetition {
  readonly connection: Connection;
}

export interface TcpCheck extends ConnectingCheck {
  readonly kind: 'TCP_CHECK';
}

export interface PingCheck extends ConnectingCheck {
  readonly kind: 'PING_CHECK';
}

export interface UdpCheck extends ConnectingCheck {
  readonly kind: 'UDP_CHECK';
  /** What is sent, in hexadecimal digits; absent: an empty packet. */
  readonly payload?: string;
  /** Absent: no answer is needed. */
  readonly reply?: UdpReply;
}

export interface UdpReply {
  /** How the answer must begin: hexadecimal digits, x for any; absent: however. */
  readonly pattern?: string;
  readonly minLength: number;
  readonly maxLength: number;
}

export interface HttpCheck extends ConnectingCheck {
  readonly kind: 'HTTP_GET' | 'SSL_GET';
  readonly httpProtocol: '1.0' | '1.1' | '1.0C';
  /** Host header; absent: that of the real server, then of the virtual server, then the address. */
  readonly virtualHost?: string;
  readonly enableSni: boolean;
  readonly fastRecovery: boolean;
  readonly urls: readonly CheckedUrl[];
}

export interface CheckedUrl {
  readonly directive: BoundDirective;
  readonly path: string;
  /** MD5 of the body, in lower case. */
  readonly digest?: string;
  readonly statusCodes: readonly StatusCodes[];
  /** Absent: that of the checker. */
  readonly virtualHost?: string;
  readonly regex?: BodyRegex;
}

/** First and last of a range. */
export interface StatusCodes {
  readonly first: number;
  readonly last: number;
}

/** A PCRE2 expression for the body. */
export interface BodyRegex {
  readonly pattern: string;
  readonly options: readonly string[];
  /** The body must not match. */
  readonly noMatch: boolean;
  readonly minOffset: number;
  readonly maxOffset?: number;
}

export interface SmtpCheck extends ConnectingCheck {
  readonly kind: 'SMTP_CHECK';
  readonly heloName: string;
}

export interface DnsCheck extends ConnectingCheck {
  readonly kind: 'DNS_CHECK';
  readonly recordType: string;
  /** Empty: the root. */
  readonly name: string;
}

export interface MiscCheck extends CheckerBase, Repetition {
  readonly kind: 'MISC_CHECK';
  readonly argv: readonly string[];
  /** 0: the delay_loop of the virtual server. */
  readonly timeoutMs: number;
  /** The exit code sets the weight. */
  readonly dynamic: boolean;
  readonly user?: ScriptUser;
}

export interface FileCheck extends CheckerBase {
  readonly kind: 'FILE_CHECK';
  readonly trackFile: string;
  /** What the file's number is multiplied by; 0: any other number than 0 is a failure. */
  readonly weight: number;
  readonly reverse: boolean;
}

export interface BfdCheck extends CheckerBase {
  readonly kind: 'BFD_CHECK';
  readonly bfdInstance: string;
}
