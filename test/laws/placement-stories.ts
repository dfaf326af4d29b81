/** What a person reads of one node of an instance. */
export interface ReadCandidate {
  readonly node: string;
  readonly priority: number;
  /** False with nopreempt. */
  readonly preempts: boolean;
  readonly checks: readonly ReadCheck[];
}

/** A tracked script or interface. */
export interface ReadCheck {
  readonly kind: 'script' | 'interface';
  readonly name: string;
  readonly weight: number;
  readonly reverse: boolean;
}

type Groups = Readonly<Record<string, readonly ReadCandidate[]>>;

const link = (name: string, weight = 0, reverse = false): ReadCheck => ({
  kind: 'interface',
  name,
  weight,
  reverse,
});
const check = (name: string, weight: number, reverse = false): ReadCheck => ({
  kind: 'script',
  name,
  weight,
  reverse,
});

/** Candidates with the same checks and the same answer to nopreempt. */
function candidates(
  priorities: Readonly<Record<string, number>>,
  checks: readonly ReadCheck[],
  preempts = true,
): ReadCandidate[] {
  return Object.entries(priorities).map(([node, priority]) => ({ node, priority, preempts, checks }));
}

/** What the fixtures mean, read from their files by a person: the groups of each, and who may hold them on what terms. */
export const stories: Readonly<Record<string, Groups>> = {
  'start/haproxy-pair': {
    VI_WEB: candidates({ lb1: 150, lb2: 100 }, [check('chk_haproxy', -60), link('eth0'), link('eth1')]),
  },
  'pairs/crossed': {
    VI_A: candidates({ web1: 150, web2: 100 }, [link('ens3')]),
    VI_B: candidates({ web1: 100, web2: 150 }, [link('ens3')]),
  },
  'pairs/nopreempt': {
    DB: candidates({ db1: 110, db2: 100 }, [check('chk_postgres', -20), link('bond0')], false),
  },
  'pairs/nopreempt-one-node': {
    KEEPS: [...candidates({ lb1: 150 }, [link('eth0')], false), ...candidates({ lb2: 100 }, [link('eth0')])],
    RETURNS: [
      ...candidates({ lb1: 150 }, [link('eth0')]),
      ...candidates({ lb2: 100 }, [link('eth0')], false),
    ],
  },
  'pairs/nopreempt-cleared': {
    VI_1: [...candidates({ lb1: 150 }, [link('eth0')]), ...candidates({ lb2: 100 }, [link('eth0')], false)],
  },
  'pairs/sync-group': {
    GATEWAY: candidates({ fw1: 150, fw2: 100 }, [
      check('chk_upstream', -30),
      link('eth0'),
      link('eth1'),
      link('eth2', -5),
    ]),
  },
  'pairs/priority-255': {
    OWNER: [
      ...candidates({ own1: 255 }, [link('eth0')]),
      ...candidates({ own2: 200 }, [check('chk_dns', -50), link('eth0')]),
    ],
    DEFAULTED: candidates({ own1: 255, own2: 100 }, [link('eth0')]),
  },
  'pairs/master-is-lower': {
    VI_1: candidates({ primary: 90, secondary: 100 }, [link('eth0')]),
  },
  'nodes/three-in-a-row': {
    API: candidates({ n1: 150, n2: 100, n3: 50 }, [check('chk_api', -110), link('ens18')]),
  },
  'nodes/n-plus-one': {
    APP1: [
      ...candidates({ app1: 150 }, [link('eth0')], false),
      ...candidates({ spare: 100 }, [link('eth0')]),
    ],
    APP2: [
      ...candidates({ app2: 150 }, [link('eth0')], false),
      ...candidates({ spare: 100 }, [link('eth0')]),
    ],
  },
  'nodes/n-plus-m': {
    A: candidates({ a: 150, s1: 100, s2: 90 }, [link('eth0')]),
    B: candidates({ b: 150, s1: 100, s2: 90 }, [link('eth0')]),
  },
  'tracking/weights': {
    VI_1: candidates({ w1: 150, w2: 120 }, [
      check('plus', 10),
      check('minus', -20),
      check('hard', 0),
      check('plus_rev', 5, true),
      check('minus_rev', -6, true),
      check('overridden', 33),
      check('taken_back', -8),
      link('eth0'),
    ]),
    MAINTENANCE: candidates({ w1: 150, w2: 120 }, [check('hard_rev', 0, true), link('eth0')]),
  },
  'tracking/below-zero': {
    HEAVY: candidates({ a: 150, b: 100 }, [
      check('one', -80),
      check('two', -80),
      check('three', -80),
      link('eth0'),
    ]),
    LIGHT: candidates({ a: 150, b: 100 }, [check('one', -80), link('eth0')]),
  },
  'tracking/one-node-only': {
    MAIL: [
      ...candidates({ x: 150 }, [check('chk_mail', -60), check('chk_queue', -20), link('eth0')]),
      ...candidates({ y: 100 }, [check('chk_queue', -10), link('eth0')]),
    ],
  },
  'tracking/interfaces': {
    WATCHED: candidates({ e1: 150, e2: 100 }, [
      link('eth0'),
      link('eth1'),
      link('eth3'),
      link('eth4', -30),
      link('eth5', 15),
      link('eth6', -3, true),
    ]),
    UNWATCHED: candidates({ e1: 150, e2: 100 }, []),
  },
};
