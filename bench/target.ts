import type { DriverName } from "./drivers/drivers.ts";

/** The server that is put under load. */
export interface Target {
  readonly driver: DriverName;
  readonly url: string;
  readonly pid: number;
}
