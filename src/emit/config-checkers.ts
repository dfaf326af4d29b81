import type {
  CheckedUrl,
  Checker,
  Connection,
  Repetition,
  UdpCheck,
} from '../keepalived/checker-configuration.ts';
import { addressText, userOf } from './config-values.ts';

/** A checker: what all have, and the fields of its kind. */
export function checkerOf(checker: Checker) {
  const { alpha } = checker;
  switch (checker.kind) {
    case 'TCP_CHECK':
    case 'PING_CHECK':
      return { kind: checker.kind, alpha, ...connecting(checker) };
    case 'UDP_CHECK':
      return { kind: checker.kind, alpha, ...connecting(checker), ...datagramsOf(checker) };
    case 'HTTP_GET':
    case 'SSL_GET':
      return {
        kind: checker.kind,
        alpha,
        ...connecting(checker),
        httpProtocol: checker.httpProtocol,
        virtualHost: checker.virtualHost ?? null,
        enableSni: checker.enableSni,
        fastRecovery: checker.fastRecovery,
        urls: checker.urls.map(urlOf),
      };
    case 'SMTP_CHECK':
      return { kind: checker.kind, alpha, ...connecting(checker), heloName: checker.heloName };
    case 'DNS_CHECK': {
      const { kind, recordType, name } = checker;
      return { kind, alpha, ...connecting(checker), recordType, name };
    }
    case 'MISC_CHECK': {
      const { kind, argv, timeoutMs, dynamic, user } = checker;
      const repetition = repetitionOf(checker);
      return { kind, alpha, repetition, argv, timeoutMs, dynamic, ...userOf(user) };
    }
    case 'FILE_CHECK': {
      const { kind, trackFile, weight, reverse } = checker;
      return { kind, alpha, trackFile, weight, reverse };
    }
    case 'BFD_CHECK':
      return { kind: checker.kind, alpha, bfdInstance: checker.bfdInstance };
  }
}

function connecting(checker: Repetition & { readonly connection: Connection }) {
  return { connection: connectionOf(checker.connection), repetition: repetitionOf(checker) };
}

function connectionOf(connection: Connection) {
  return {
    address: addressText(connection.address),
    port: connection.port,
    bindAddress: addressText(connection.bindAddress),
    bindPort: connection.bindPort,
    bindInterface: connection.bindInterface ?? null,
    connectTimeoutMs: connection.connectTimeoutMs,
    firewallMark: connection.firewallMark,
  };
}

function repetitionOf({ delayLoopMs, warmupMs, retry, delayBeforeRetryMs, logAllFailures }: Repetition) {
  return { delayLoopMs, warmupMs, retry, delayBeforeRetryMs, logAllFailures };
}

function datagramsOf({ payload, reply }: UdpCheck) {
  return {
    payload: payload ?? null,
    reply: reply
      ? { pattern: reply.pattern ?? null, minLength: reply.minLength, maxLength: reply.maxLength }
      : null,
  };
}

function urlOf({ path, digest, statusCodes, virtualHost, regex }: CheckedUrl) {
  return {
    path,
    digest: digest ?? null,
    statusCodes: statusCodes.map(({ first, last }) => ({ first, last })),
    virtualHost: virtualHost ?? null,
    regex: regex
      ? {
          pattern: regex.pattern,
          options: regex.options,
          noMatch: regex.noMatch,
          minOffset: regex.minOffset,
          maxOffset: regex.maxOffset ?? null,
        }
      : null,
  };
}
