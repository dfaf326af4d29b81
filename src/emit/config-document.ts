import type { Diagnostic } from '../../grammar/source/diagnostic.ts';
import { plainDiagnostic } from '../diagnostics/render-json.ts';
import type { NodeConfiguration } from '../keepalived/node-configuration.ts';
import { staticAddressOf } from './config-addresses.ts';
import { instanceOf, syncGroupOf } from './config-instance.ts';
import { routeOf, ruleOf } from './config-routing.ts';
import { bfdInstanceOf, scriptOf, trackFileOf, trackGroupOf, trackProcessOf } from './config-tracking.ts';
import { virtualServerOf } from './config-virtual-servers.ts';

/** The version of the JSON shape. Fields may be added under one number; a change of meaning takes the next. */
export const configFormat = 'kp2pcm.config/1';

/** What was understood of each node, as docs/config-format.md has it. Every field is always there; null is «none». */
export interface ConfigDocument {
  readonly format: typeof configFormat;
  readonly nodes: readonly ReturnType<typeof nodeOf>[];
}

/** A node's configuration and what there was to say while it was read. */
export interface DescribedNode {
  readonly configuration: NodeConfiguration;
  readonly diagnostics: readonly Diagnostic[];
}

/** Puts the configurations of all nodes into one document of plain data, without secrets. */
export function configDocument(nodes: readonly DescribedNode[]): ConfigDocument {
  return { format: configFormat, nodes: nodes.map(nodeOf) };
}

/** The document as JSON with a final newline. */
export function emitConfig(document: ConfigDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

function nodeOf({ configuration, diagnostics }: DescribedNode) {
  const { instances, syncGroups, globals } = configuration;
  return {
    name: configuration.node,
    file: configuration.file,
    instances: instances.map((instance) => {
      // The first group that names an instance has it.
      const group = syncGroups.find(({ members }) => members.includes(instance.name));
      return instanceOf(instance, group);
    }),
    scripts: configuration.scripts.map(scriptOf),
    trackFiles: configuration.trackFiles.map(trackFileOf),
    trackProcesses: configuration.trackProcesses.map(trackProcessOf),
    bfdInstances: configuration.bfdInstances.map(bfdInstanceOf),
    syncGroups: syncGroups.map(syncGroupOf),
    trackGroups: configuration.trackGroups.map(trackGroupOf),
    staticAddresses: configuration.staticAddresses.map((held) =>
      staticAddressOf(held, globals.defaultInterface.value),
    ),
    staticRoutes: configuration.staticRoutes.map(routeOf),
    staticRules: configuration.staticRules.map(ruleOf),
    virtualServers: configuration.virtualServers.map(virtualServerOf),
    diagnostics: diagnostics.map(plainDiagnostic),
  };
}
