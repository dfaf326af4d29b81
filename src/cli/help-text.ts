/** The part of the help that shows use by example. */
export const examples = `Examples:
  kp2pcm keepalived.conf > migrate.sh          a script from the file at hand
  kp2pcm lb1=lb1.conf lb2=lb2.conf > migrate.sh
                                               the exact translation of a cluster
  kp2pcm -o migration/ lb1.conf lb2.conf       all scripts, the report and the plan
  kp2pcm --emit report lb1.conf lb2.conf       only the report
  kp2pcm --emit config lb1.conf lb2.conf       what was understood of each node, as JSON
  kp2pcm --emit cib lb1.conf lb2.conf          the configuration as XML, for crm_verify
  ssh lb1 cat /etc/keepalived/keepalived.conf | kp2pcm --emit report -
  kp2pcm check lb1.conf lb2.conf               what would be lost or changed
  kp2pcm diff old/ new/                        what a change of the configuration changes
  kp2pcm --check -o migration/ lb1.conf lb2.conf
                                               is the committed bundle up to date?
  kp2pcm verify lb1=lb1.conf lb2=lb2.conf      does Pacemaker do as Keepalived did?
  kp2pcm init lb1.conf lb2.conf > kp2pcm.yaml  a companion file to begin with
  kp2pcm explain KP001                         what a message means
  kp2pcm explain vrrp_script/weight            what a keyword means, and what becomes of it
`;

export const exitCodesHelp = `Exit codes:
  0   done
  1   something differs (diff, --check, verify), or is not exact (--strict)
  2   wrong use, or a file that cannot be written
  3   the configuration cannot be translated; stdout stays empty
  4   verify: pcs or crm_simulate is not installed, or has failed
  70  a bug in kp2pcm
`;
