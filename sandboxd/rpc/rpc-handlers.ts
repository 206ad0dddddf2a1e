import type { z } from 'zod';
import type { RpcMethod, rpcMethods } from '#domain/protocol/rpc.ts';

type Parsed<M extends RpcMethod> = z.output<(typeof rpcMethods)[M]['input']>;
type Result<M extends RpcMethod> = z.input<(typeof rpcMethods)[M]['output']>;

/** One function per method of domain/protocol/rpc.ts; throws CodedError. */
export type RpcHandlers = { [M in RpcMethod]: (input: Parsed<M>) => Promise<Result<M>> | Result<M> };
