import type { Finding } from '../../grammar/source/diagnostic.ts';

function finding(code: string, severity: Finding['severity'], title: string, explanation: string): Finding {
  return { code, severity, title, explanation };
}

/** What can be said about the companion file, kp2pcm.yaml. docs/companion.md tells what may stand in it. */
export const companionFindings = {
  unreadable: finding(
    'KP430',
    'error',
    'the companion file cannot be read',
    'The file that --companion names, or the kp2pcm.yaml that lies with the configurations, has no text that could be read: it is missing, a folder, not permitted, no UTF-8, or larger than 256 kB, which no companion file is.',
  ),
  notYaml: finding(
    'KP431',
    'error',
    'the companion file is not YAML',
    'The text breaks a rule of YAML 1.2: most often a tab at the start of a line, lines that do not line up, or a quote or a bracket that is not closed. A value with `: ` or ` #` in it, or one that begins with one of YAML’s signs, needs quotes.',
  ),
  unknownKey: finding(
    'KP432',
    'error',
    'the companion file has no such key',
    'A key that is not known would do nothing, and nobody would notice. docs/companion.md and its JSON Schema list the keys of each place.',
  ),
  wrongValue: finding(
    'KP433',
    'error',
    'a value in the companion file has the wrong form',
    'The place takes another kind of value (a text, a list, keys with values), or a text of another form. Numbers and `true` where a text is asked for need quotes, since an editor that knows the schema takes them for what YAML takes them for; the parameters of agents do not.',
  ),
  keysDoNotFit: finding(
    'KP434',
    'error',
    'keys are missing, or do not go together',
    'Some keys must be there, some need each other, and some exclude each other: a service either follows an instance or is a clone.',
  ),
  keyTwice: finding(
    'KP435',
    'error',
    'a key stands twice in one place',
    'YAML asks for distinct keys, and readers differ in which of two they take.',
  ),
  notRead: finding(
    'KP436',
    'error',
    'something of YAML that kp2pcm does not read',
    'The companion file is one document of keys, lists and texts. Anchors and aliases are read, as long as no alias stands in what it names and all of them together do not make more than 20,000 values. Tags, merge keys (<<), several documents and keys that are no text are not.',
  ),
  secretWritten: finding(
    'KP437',
    'error',
    'a secret stands in the companion file',
    'The file is meant to be kept with the configurations, and the scripts are made to be read and archived. So a password is never written there: say where the script finds it when it runs, as `{ file: /root/ipmi-lb1 }` (its first line counts) or `{ environment: IPMI_PASSWORD }`. Agents of fencing also take password_script, a program on each node that prints it; then it does not even reach the cluster’s configuration.',
  ),
  foundByItself: finding(
    'KP438',
    'note',
    'a companion file was found with the configurations',
    'Without --companion, a kp2pcm.yaml in the folder that all given configurations share is read. It is listed among the sources in every artefact. --no-companion reads none.',
  ),
  unknownName: finding(
    'KP439',
    'error',
    'the companion file names something that is not there',
    'A node must be one of the cluster’s, an instance one that a configuration has, a device or a service one of this file. A misspelt name would leave a node without fencing, or a service where it does not belong.',
  ),
  nameTaken: finding(
    'KP440',
    'error',
    'a name of the companion file is taken',
    'A service or a device is a resource of Pacemaker, and so are the instances: each has a name of its own.',
  ),
  unitTwice: finding(
    'KP442',
    'error',
    'two services run one unit',
    'systemd knows one unit of a name on each node. Two resources of Pacemaker for it would start and stop it against each other. A service that several instances need is one clone with needed-by for all of them.',
  ),
  needsPromotion: finding(
    'KP443',
    'error',
    'the agent needs promotion',
    'The agent runs on all nodes and is promoted on one, as a promotable clone; some do so with certain parameters only. kp2pcm makes members of groups and plain clones, which would never be promoted: a disk would stay read-only, a database a replica.',
  ),
  unitHasParameters: finding(
    'KP444',
    'error',
    'a unit of systemd has no parameters',
    'Resources of the classes systemd and service take no parameters: what a unit does is said in the unit, or in a drop-in beside it, on every node.',
  ),
  neededTwice: finding(
    'KP445',
    'error',
    'two instances that move together need a service differently',
    'The members of a sync group are one group of Pacemaker, which needs a service by one score.',
  ),
  overruled: finding(
    'KP441',
    'note',
    'the command line overrules the companion file',
    'What is said on the command line counts; the file’s own word has no effect in this run.',
  ),
} as const satisfies Record<string, Finding>;
