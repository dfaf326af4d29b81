import { parserFindings, readerFindings } from '../../grammar/reader/findings.ts';
import { compareText, type Finding } from '../../grammar/source/diagnostic.ts';
import { clusterFindings } from '../cluster/findings.ts';
import { companionFindings } from '../companion/findings.ts';
import { keepalivedFindings } from '../keepalived/findings.ts';
import { mistakeFindings } from '../keepalived/mistakes/findings.ts';
import { fencingFindings } from '../pacemaker/fencing-findings.ts';
import { pacemakerFindings } from '../pacemaker/findings.ts';
import { verifyFindings } from '../verify/findings.ts';
import { useFindings } from './use-findings.ts';

const stages = [
  readerFindings,
  parserFindings,
  keepalivedFindings,
  mistakeFindings,
  clusterFindings,
  companionFindings,
  pacemakerFindings,
  fencingFindings,
  verifyFindings,
  useFindings,
];

/** Every kind of finding that kp2pcm can report, by code. */
export const catalogue: readonly Finding[] = stages
  .flatMap((findings) => Object.values<Finding>(findings))
  .sort((a, b) => compareText(a.code, b.code));
