import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Node attributes: what the agents of the plan would have set. */
export type Attributes = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * A cluster in crm_simulate: a CIB file whose status the scheduler carries on from event to event. Nothing runs but the
 * scheduler, so neither agents nor root are needed.
 */
export class Simulation {
  private readonly file: string;
  private readonly nodes: readonly string[];
  private readonly alive: Set<string>;
  private status = '';

  /**
   * @param folder where the file may lie
   * @param configuration the section of that name, as XML
   */
  constructor(folder: string, configuration: string, nodes: readonly string[], attributes: Attributes) {
    this.file = join(folder, 'cib.xml');
    this.nodes = nodes;
    this.alive = new Set(nodes);
    const empty = execFileSync('cibadmin', ['--empty'], { encoding: 'utf8' });
    const text = empty
      .replace('<cib ', '<cib have-quorum="1" ')
      .replace(/<configuration>[\s\S]*<\/configuration>/, () => configuration)
      .replace(/<status\/>/, () => `<status>${nodes.map((node) => this.nodeState(node)).join('')}</status>`);
    writeFileSync(this.file, text);
    this.setAttributes(attributes);
    this.run();
  }

  /** Power loss. */
  kill(node: string): void {
    this.alive.delete(node);
    this.run('--node-fail', node);
  }

  /**
   * The node boots. crm_simulate keeps a dead node's history, with which the resource would be up there still; a real
   * cluster erases it.
   */
  bringBack(node: string, attributes: Attributes): void {
    this.alive.add(node);
    this.edit((text) => text.replace(stateOf(node), () => this.nodeState(node)));
    this.setAttributes(attributes);
    this.run();
  }

  /** Checks have new results. */
  report(attributes: Attributes): void {
    this.setAttributes(attributes);
    this.run();
  }

  /** The nodes on which any of these resources is up. */
  holders(resources: readonly string[]): string[] {
    const lines = this.status.split('\n').filter((line) => /\sStarted\s/.test(line));
    const own = lines.filter((line) => resources.includes(/^[\s*|]*(\S+)\s+\(ocf:/.exec(line)?.[1] ?? ''));
    const where = own.map((line) => line.slice(line.search(/\sStarted\s/)).split(/[\s[\]]+/));
    return this.nodes.filter((node) => where.some((words) => words.includes(node)));
  }

  private nodeState(node: string): string {
    const id = this.idOf(node);
    const state = 'in_ccm="true" crmd="online" join="member" expected="member"';
    return `<node_state id="${id}" uname="${node}" ${state}><lrm id="${id}"><lrm_resources/></lrm></node_state>`;
  }

  /** Corosync counts the nodes from 1, and so does the configuration. */
  private idOf(node: string): string {
    return `${this.nodes.indexOf(node) + 1}`;
  }

  private setAttributes(attributes: Attributes): void {
    for (const [node, values] of Object.entries(attributes)) {
      if (!this.alive.has(node)) continue;
      const pairs = Object.entries(values).map(
        ([name, value]) => `<nvpair id="status-${node}-${name}" name="${name}" value="${value}"/>`,
      );
      const list = `<instance_attributes id="status-${node}">${pairs.join('')}</instance_attributes>`;
      const inside = `<transient_attributes id="${this.idOf(node)}">${list}</transient_attributes>`;
      this.edit((text) =>
        text.replace(stateOf(node), (state) =>
          state
            .replace(/<transient_attributes[\s\S]*?<\/transient_attributes>/, '')
            .replace('</node_state>', () => `${inside}</node_state>`),
        ),
      );
    }
  }

  private edit(change: (text: string) => string): void {
    writeFileSync(this.file, change(readFileSync(this.file, 'utf8')));
  }

  /** What is up where afterwards stands behind its heading, in every version. */
  private run(...event: readonly string[]): void {
    const words = ['-x', this.file, ...event, '--quorum=1', '-S', '-O', this.file];
    const output = execFileSync('crm_simulate', words, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const heading = output.search(/^Revised cluster status:/im);
    if (heading < 0) throw new Error(`crm_simulate says nothing of the outcome:\n${output}`);
    this.status = output.slice(heading);
  }
}

function stateOf(node: string): RegExp {
  return new RegExp(`<node_state [^>]*uname="${node}"[^>]*(?:/>|>[\\s\\S]*?</node_state>)`);
}
