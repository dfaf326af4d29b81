import type { Finding } from '../../grammar/source/diagnostic.ts';

function finding(code: string, severity: Finding['severity'], title: string, explanation: string): Finding {
  return { code, severity, title, explanation };
}

/** What can be said about how kp2pcm was called, and about the files that it was to write or compare. */
export const useFindings = {
  wrongUse: finding(
    'KP401',
    'error',
    'the command line is not understood',
    'An option or an argument is unknown, is missing, or does not go together with another one. Nothing was read and nothing was written. kp2pcm --help lists what there is.',
  ),
  sameNodeName: finding(
    'KP402',
    'error',
    'two files are given for one node',
    'Each node of a cluster has one name and one configuration. A name comes from NAME=FILE, or from the name of the file or its folder. Say the names: kp2pcm lb1=FILE lb2=FILE.',
  ),
  noNodeName: finding(
    'KP403',
    'error',
    'the node’s name cannot be told from the file',
    'With several files, each one stands for a node, and the node is named after the file, or after its folder if the file has a name that every node uses, such as keepalived.conf. Here neither gives a name that a node can have. Say it: NAME=FILE.',
  ),
  badNodeName: finding(
    'KP404',
    'error',
    'a cluster node cannot have this name',
    'The name of a node is its host name: letters, digits, hyphens, dots and underscores, with a letter or a digit at the start, at most 63 characters between dots and 255 in all. A file whose own name holds an equals sign can be given as ./FILE.',
  ),
  standardInputTwice: finding(
    'KP405',
    'error',
    'standard input is given more than once',
    'Standard input can be read once. If one text configures several nodes, give it once and name them: kp2pcm --nodes lb1,lb2 -',
  ),
  notWritten: finding(
    'KP406',
    'error',
    'the output cannot be written',
    'The bundle is made in a folder of its own beside its files and then put into place; when that fails, the files that were there are put back. Nothing was changed.',
  ),
  foreignFile: finding(
    'KP407',
    'error',
    'a file is in the way that kp2pcm did not write',
    'The folder holds no plan.json of a former bundle, but a file with the name of an artefact. It might be yours, so it is not overwritten. Choose another folder, or move the file away.',
  ),
  notComparable: finding(
    'KP408',
    'error',
    'this cannot be compared',
    'diff takes a keepalived.conf, a folder that -o wrote, a folder with one configuration per node (NODE.conf, or NODE/keepalived.conf), or a list NODE=FILE,NODE=FILE.',
  ),
  badPlan: finding(
    'KP409',
    'error',
    'plan.json cannot be read',
    'A bundle is known by its plan.json. This one is not JSON, or has a format that this version of kp2pcm does not know. Write the bundle anew with -o, or compare the configurations instead.',
  ),
  unknownCode: finding(
    'KP410',
    'error',
    'there is no message with this code',
    'Codes are KP and three digits. kp2pcm explain without a code lists them all.',
  ),
  unknownKeyword: finding(
    'KP412',
    'error',
    'there is no keyword of this name',
    'kp2pcm explain takes the code of a message, or a keyword as Keepalived writes it, with its block where several know it: vrrp_instance/priority. Keywords are told apart by case. docs/keywords.md has them all.',
  ),
  notStrict: finding(
    'KP411',
    'warning',
    'the translation is not exact',
    'With --strict, anything approximate or manual ends kp2pcm with exit code 1. The artefact is complete all the same; MIGRATION.md (--emit report) lists what differs and what is left to do.',
  ),
} as const satisfies Record<string, Finding>;
