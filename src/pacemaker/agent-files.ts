import { type AgentName, agentPath, agentText } from '../../templates/agents/index.ts';
import type { PlanFile } from './plan.ts';

/** A shipped agent as a file of the plan, if it is used. */
export function agentFiles(name: AgentName, isUsed: boolean, why: string): PlanFile[] {
  return isUsed ? [{ path: agentPath(name), mode: '0755', content: agentText[name], why }] : [];
}
