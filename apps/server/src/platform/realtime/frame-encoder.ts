import { Encoder, type Packet } from "socket.io-parser";

/** A packet whose text is known already. */
export interface FramePacket extends Packet {
  readonly frame: string;
}

/** Socket.IO's encoder, which leaves a packet that brings its text as it is. */
export class FrameEncoder extends Encoder {
  override encode(packet: Packet | FramePacket): unknown[] {
    return "frame" in packet ? [packet.frame] : super.encode(packet);
  }
}
