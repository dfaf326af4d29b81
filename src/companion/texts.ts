import { text } from './scalar-shapes.ts';

/** The forms of texts that several places of the companion file take. */

/** Ids in XML, and words that pcs takes for nothing else. */
export const resourceName = {
  takes: 'a name of letters, digits, `_`, `-` and `.`, with a letter or `_` first',
  pattern: /^[A-Za-z_][A-Za-z0-9_.-]{0,62}$/,
};

/** Of an agent's parameter: a word with `=` in it would be cut there by pcs. */
export const parameterName = {
  takes: 'the name of a parameter: letters, digits, `_`, `-` and `.`',
  pattern: /^[A-Za-z_][A-Za-z0-9_.-]*$/,
};

/** As the command line takes it for a configuration's node. */
export const nodeNamePattern = {
  takes: 'the name of a node',
  pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}(?:\.[A-Za-z0-9][A-Za-z0-9_-]{0,62})*$/,
};

export const nodeName = text(nodeNamePattern);

/** A vrrp_instance or a sync group: whatever the daemon takes for a name. */
export const instanceName = text({ takes: 'the name of an instance', pattern: /^\S(?:[\s\S]*\S)?$/ });

export const resourceNameText = text(resourceName);

/** Pacemaker's own units; a bare number is seconds. */
export const time = text({
  takes: 'a time such as 10s, 500ms or 2min',
  pattern: /^\d{1,9}(?:us|ms|s|sec|m|min|h|hr)?$/,
  numbers: true,
});

export const path = text({ takes: 'an absolute path', pattern: /^\/[^\r\n]*$/ });

/** One line: what stands in one parameter, one word of a command, one line of a comment. */
export const line = text({ takes: 'a text on one line', pattern: /^[^\r\n]+$/ });
