import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { id, timestamp } from "./fields.ts";
import { userProfile } from "./user.ts";

const person = userProfile.extend({ about: z.string() }).meta({ id: "DemoPerson" });

/** What the server says of itself, and the demo's own pages. */
export const serviceEndpoints = {
  listDemoPeople: endpoint({
    method: "GET",
    path: "/api/demo/people",
    callers: ["anyone"],
    summary: "The people of the demo story.",
    responses: { 200: z.strictObject({ people: z.array(person) }) },
    demo: true,
  }),
  demoSignIn: endpoint({
    method: "POST",
    path: "/api/demo/sign-in",
    callers: ["anyone"],
    summary: "A token for one of the people of the demo story.",
    body: z.strictObject({ userId: id }),
    responses: { 200: z.strictObject({ token: z.string(), user: userProfile, expiresAt: timestamp }) },
    demo: true,
  }),
  getOpenApi: endpoint({
    method: "GET",
    path: "/api/openapi.json",
    callers: ["anyone"],
    summary: "This HTTP interface as OpenAPI 3.1.",
    responses: { 200: z.record(z.string(), z.unknown()) },
  }),
  getAsyncApi: endpoint({
    method: "GET",
    path: "/api/asyncapi.json",
    callers: ["anyone"],
    summary: "The socket interface as AsyncAPI 3.0.",
    responses: { 200: z.record(z.string(), z.unknown()) },
  }),
  healthz: endpoint({
    method: "GET",
    path: "/healthz",
    callers: ["anyone"],
    summary: "The process lives.",
    responses: { 200: z.strictObject({ status: z.literal("ok") }) },
  }),
  readyz: endpoint({
    method: "GET",
    path: "/readyz",
    callers: ["anyone"],
    summary: "The process takes work: the database answers and it is not stopping.",
    responses: { 200: z.strictObject({ status: z.literal("ready") }) },
  }),
  metrics: endpoint({
    method: "GET",
    path: "/metrics",
    callers: ["anyone"],
    summary: "Prometheus metrics, as text.",
    responses: { 200: z.string() },
  }),
};
