import { byKind, entries, mapping, optional } from './collection-shapes.ts';
import type { Parameter, SecretReference } from './companion.ts';
import { companionFindings } from './findings.ts';
import { anyText, text } from './scalar-shapes.ts';
import { made, named, type Shape } from './shape.ts';
import { parameterName, path } from './texts.ts';

/**
 * Parameters that hold a secret, by their names in the metadata of the fence agents and the resource agents:
 * password, passwd, snmp_priv_passwd, secret_key, test_passwd, community; and misspelt, `passwrod`. What names a file or a program of the node
 * (password_script, identity_file) holds none.
 */
export const secretName =
  /^(?!.*(?:script|file|path)$).*(?:[Pp]ass(?:w|phrase|$|_)|[Pp]wd|[Ss]ecret|(?:^|_)[Tt]oken$|[Aa]pi_?[Kk]ey|private_key|^community$)/;

const secretReference: Shape<SecretReference> = named(
  'secretReference',
  'A reference to a secret',
  made(
    mapping(
      {
        file: optional(path, 'A file on the machine where the script runs; its first line is the secret.'),
        environment: optional(
          text({ takes: 'the name of a variable', pattern: /^[A-Za-z_][A-Za-z0-9_]*$/ }),
          'A variable of the environment in which the script runs.',
        ),
      },
      { oneOf: [['file', 'environment']] },
    ),
    ({ file, environment }): SecretReference | undefined => {
      if (file !== undefined) return { kind: 'file', path: file };
      return environment === undefined ? undefined : { kind: 'environment', variable: environment };
    },
  ),
);

type Value = string | SecretReference;

/** What is written out is refused, and never repeated. */
const onlyReference: Shape<Value> = {
  ...secretReference,
  read(value, reading) {
    if (value.kind === 'mapping') return secretReference.read(value, reading);
    return reading.report(companionFindings.secretWritten, {
      summary: `${reading.path} is a secret, which must not stand in the file`,
      at: value.at,
      help: 'say where the script finds it: { file: /root/NAME } or { environment: NAME }',
    });
  },
};

/** Parameters of an agent. */
export const parameters: Shape<readonly Parameter[]> = made(
  entries(parameterName, byKind<Value>({ scalar: anyText, mapping: secretReference }), {
    pattern: secretName,
    shape: onlyReference,
  }),
  (read) => read.map(({ name, value }) => ({ name: name.value, value, at: name.at })),
);

/** Meta attributes, which hold no secret. */
export const metaAttributes: Shape<readonly Parameter[]> = made(entries(parameterName, anyText), (read) =>
  read.map(({ name, value }) => ({ name: name.value, value, at: name.at })),
);
