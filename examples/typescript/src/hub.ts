// Sends operations to the hub. What comes back has the type of the operation.
import type { TypedDocumentString } from './generated/graphql.js';

export const hub = process.env.HUB_URL ?? 'http://localhost:8000';

export class HubError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

interface Answer<Result> {
  data?: Result | null;
  errors?: { message: string; extensions: { code: string } }[];
}

export async function ask<Result, Variables>(
  operation: TypedDocumentString<Result, Variables>,
  ...[variables]: {} extends Variables ? [Variables?] : [Variables]
): Promise<Result> {
  const response = await fetch(new URL('/graphql/', hub), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: operation, variables }),
  });
  if (!response.headers.get('Content-Type')?.includes('json')) {
    throw new HubError('UNAVAILABLE', `the hub answered ${response.status}`);
  }
  const answer: Answer<Result> = JSON.parse(await response.text());
  const [error] = answer.errors ?? [];
  if (error) throw new HubError(error.extensions.code, error.message);
  if (!answer.data) throw new HubError('UNAVAILABLE', 'the answer has no data');
  return answer.data;
}
