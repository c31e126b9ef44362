// Writes src/generated/graphql.ts: the types of all operations, and the operations themselves.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { codegen } from '@graphql-codegen/core';
import * as typedDocuments from '@graphql-codegen/typed-document-node';
import * as operationTypes from '@graphql-codegen/typescript-operations';
import { parse } from 'graphql';

const contract = '../../graphql';
const read = (name) => parse(readFileSync(`${contract}/${name}`, 'utf8'));
const documents = ['fragments', 'operations'].flatMap((folder) =>
  readdirSync(`${contract}/${folder}`, { recursive: true })
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => ({ location: name, document: read(`${folder}/${name}`) })),
);

const text = await codegen({
  filename: 'graphql.ts',
  schema: read('schema.graphql'),
  documents,
  plugins: [{ operations: {} }, { documents: {} }],
  pluginMap: { operations: operationTypes, documents: typedDocuments },
  config: {
    documentMode: 'string',
    useTypeImports: true,
    strictScalars: true,
    scalars: { Date: 'string', DateTime: 'string', Time: 'string' },
  },
});
mkdirSync('src/generated', { recursive: true });
writeFileSync('src/generated/graphql.ts', text);
