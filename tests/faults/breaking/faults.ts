import { databaseFaults } from "./database-faults.ts";
import type { Fault } from "./fault.ts";
import { networkFaults } from "./network-faults.ts";
import { redisFaults } from "./redis-faults.ts";
import { serverFaults } from "./server-faults.ts";

export const faults: readonly Fault[] = [...serverFaults, ...databaseFaults, ...networkFaults, ...redisFaults];
