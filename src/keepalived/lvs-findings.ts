import type { Finding } from '../../grammar/source/diagnostic.ts';

function finding(code: string, severity: Finding['severity'], title: string, explanation: string): Finding {
  return { code, severity, title, explanation };
}

/** What can be said about virtual servers, real servers and their checkers. */
export const lvsFindings = {
  serverSkipped: finding(
    'KP130',
    'warning',
    'a virtual or real server is left out',
    'The daemon leaves a server out, with all in its block, when its address or port is none, when its address family is not that of the virtual server (unless it is reached through a tunnel), when the same real server stands there before, or when a virtual server has no real server or no usable group.',
  ),
  serverChanged: finding(
    'KP131',
    'warning',
    'the daemon changes a setting of a virtual server',
    'Some settings contradict each other. The daemon logs it and goes on with another value: a quorum above the sum of the weights is cut to it, the port of a real server that is not reached by NAT becomes that of the virtual server, one-packet scheduling is for UDP alone, and so on. The message says what it makes of it.',
  ),
  serverDefault: finding(
    'KP132',
    'warning',
    'a virtual server lacks a setting that it should have',
    'The daemon logs it and takes UDP for the protocol, wlc for the scheduler, NAT for the forwarding method, and 360 seconds of persistence for a service without a port. UDP is seldom what was meant.',
  ),
  orderDependent: finding(
    'KP133',
    'warning',
    'a keyword stands before the one that it needs',
    'The flags of a scheduler count only after the line that names the scheduler, and those of the sorry server only after sorry_server. The daemon reports the line and ignores it.',
  ),
  checkerDropped: finding(
    'KP134',
    'warning',
    'a checker is left out',
    'The daemon leaves out a checker that cannot work: an HTTP or SSL check without a url, a url without a path, a command check without a command, a file or BFD check whose object is not defined before, a link-local address without bind_if. The real server then counts as up without it.',
  ),
  serverCrash: finding(
    'KP135',
    'error',
    'the daemon crashes at this line',
    'virtual_server group and virtual_server fwmark need a word behind them, and a first server whose address cannot be read needs its brace to be skipped. The daemon of 2.2 ends with a segmentation fault where they are missing.',
  ),
  groupEntryDropped: finding(
    'KP136',
    'warning',
    'an entry of a virtual server group, or the group, is left out',
    'The daemon leaves out an entry that is no address, range or firewall mark, and a group without entries, or with both address families and a firewall mark that has none.',
  ),
} as const;
