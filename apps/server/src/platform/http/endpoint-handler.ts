import type { EndpointName, EndpointResult, Endpoints, ParsedBody, ParsedParams, ParsedQuery } from "@parley/protocol";
import type { Deps } from "../../deps.ts";
import type { Actor, HostActor, UserActor } from "../../features/auth/actor.ts";

type CallersOf<Name extends EndpointName> = Endpoints[Name]["callers"][number];
type ActorOf<Caller> = Caller extends "user" ? UserActor : Caller extends "host" ? HostActor : Actor | null;

/** What a handler gets: parsed, typed from the catalogue. */
interface EndpointInput<Name extends EndpointName> {
  params: ParsedParams<Name>;
  query: ParsedQuery<Name>;
  body: ParsedBody<Name>;
}

interface EndpointReply<Name extends EndpointName> {
  /** Left out: 200. */
  status?: 200 | 201;
  body: EndpointResult<Name>;
}

/** One endpoint: call the use case, say what came of it. Refusals are thrown as AppError. */
type EndpointHandler<Name extends EndpointName> = (
  deps: Deps,
  actor: ActorOf<CallersOf<Name>>,
  input: EndpointInput<Name>,
) => Promise<EndpointReply<Name>>;

export type EndpointHandlers<Names extends EndpointName = EndpointName> = { [Name in Names]: EndpointHandler<Name> };
