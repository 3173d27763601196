/** A picture of a labelled set; `vision.toTensor(pictures)` makes a tensor of many. */
export interface Picture {
  /** Row by row from the top, the channels of a pixel together; 0 to 255. */
  pixels: Uint8Array;
  height: number;
  width: number;
  /** 1: grey; 3: red, green, blue. */
  channels: number;
  /** A whole number from 0. */
  label: number;
  /** The label in words. */
  name: string;
}

/** A drawing of a thing that is thrown away, 96 x 96 pixels, red, green and blue; label 0 to 6, in words in `name`. */
export interface WasteIcon extends Picture {
  /** Whose drawing: "noto" (Google), "twemoji" (Twitter), "fluent" (Microsoft). */
  vendor: string;
  /** What is drawn: "banana". Each object is drawn once by each vendor. */
  object: string;
}
