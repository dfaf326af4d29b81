import type { Span } from '../../grammar/source/span.ts';

/**
 * A YAML document as kp2pcm looks at it: every scalar is the text that stands there, since the parameters of agents are
 * texts, and YAML's own types would turn `4.10` into 4.1.
 */
export type YamlValue = YamlScalar | YamlList | YamlMapping;

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly text: string;
  /** Without quotes: an editor's schema takes such a `true` or `10` for no text. */
  readonly plain: boolean;
  readonly at: Span;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlValue[];
  readonly at: Span;
}

export interface YamlMapping {
  readonly kind: 'mapping';
  readonly entries: readonly YamlEntry[];
  readonly at: Span;
}

export interface YamlEntry {
  readonly key: string;
  readonly keyAt: Span;
  readonly value: YamlValue;
}

/** What YAML's core schema takes a scalar for. */
export function coreType({ text, plain }: YamlScalar): 'text' | 'number' | 'flag' | 'nothing' {
  if (!plain) return 'text';
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return 'nothing';
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(text)) return 'flag';
  const whole = /^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+)$/;
  const broken =
    /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
  return whole.test(text) || broken.test(text) ? 'number' : 'text';
}
