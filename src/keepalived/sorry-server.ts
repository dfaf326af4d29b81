import { argumentOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import { readForwarding } from './forwarding.ts';
import type { Forwarding, SorryServer } from './lvs-configuration.ts';
import type { ReadingLog } from './reading-log.ts';
import { readServerAddress } from './server-address.ts';

/** As the lines say it: without a method it has what the virtual server has in the end. */
export type GivenSorryServer = Omit<SorryServer, 'forwarding'> & { readonly forwarding?: Forwarding };

/** The last valid sorry_server, with what the lines behind it say. `before` tells the method of the lines before one. */
export function readSorryServer(
  block: BoundDirective,
  before: (line: BoundDirective) => Forwarding | undefined,
  log: ReadingLog,
): GivenSorryServer | undefined {
  let server: GivenSorryServer | undefined;
  for (const line of childrenNamed(
    block,
    'sorry_server',
    'sorry_server_inhibit',
    'sorry_server_lvs_method',
  )) {
    const keyword = line.directive.words[0].value;
    if (keyword === 'sorry_server') {
      const given = readServerAddress(argumentOf(line), line.directive.words[2]?.value);
      if (!given) log.refuse(line, keyword, 'not an address with a port');
      else {
        const forwarding = before(line);
        if (server)
          log.ignore(server.from, `The later sorry_server on line ${line.directive.span.line} wins.`);
        server = { ...given, inhibitOnFailure: false, from: line, ...(forwarding && { forwarding }) };
      }
    } else if (!server) ignoreEarly(line, keyword, log);
    else if (keyword === 'sorry_server_inhibit') server = { ...server, inhibitOnFailure: true };
    else {
      const reading = readForwarding(line, server.forwarding);
      if ('problem' in reading) log.refuse(line, keyword, reading.problem, reading.shown);
      const forwarding = 'value' in reading ? reading.value : reading.instead;
      if (forwarding) server = { ...server, forwarding };
    }
  }
  return server;
}

function ignoreEarly(line: BoundDirective, keyword: string, log: ReadingLog): void {
  log.ignore(line, 'No sorry_server stands before it.');
  log.warn(keepalivedFindings.orderDependent, {
    summary: `${keyword} does not count: no sorry_server stands before it`,
    detail: 'The daemon reports it and ignores the line.',
    at: line.directive.span,
    help: 'put it behind sorry_server',
  });
}
