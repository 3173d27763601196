/** One sale of the Ames data: column names and units as in the source (areas in square feet, prices in US dollars). */
export interface AmesHouse {
  MS_SubClass: string;
  MS_Zoning: string;
  Lot_Frontage: number;
  Lot_Area: number;
  Street: string;
  Alley: string;
  Lot_Shape: string;
  Land_Contour: string;
  Utilities: string;
  Lot_Config: string;
  Land_Slope: string;
  Neighborhood: string;
  Condition_1: string;
  Condition_2: string;
  Bldg_Type: string;
  House_Style: string;
  Overall_Cond: string;
  Year_Built: number;
  Year_Remod_Add: number;
  Roof_Style: string;
  Roof_Matl: string;
  Exterior_1st: string;
  Exterior_2nd: string;
  Mas_Vnr_Type: string;
  Mas_Vnr_Area: number;
  Exter_Cond: string;
  Foundation: string;
  Bsmt_Cond: string;
  Bsmt_Exposure: string;
  BsmtFin_Type_1: string;
  BsmtFin_SF_1: number;
  BsmtFin_Type_2: string;
  BsmtFin_SF_2: number;
  Bsmt_Unf_SF: number;
  Total_Bsmt_SF: number;
  Heating: string;
  Heating_QC: string;
  Central_Air: string;
  Electrical: string;
  First_Flr_SF: number;
  Second_Flr_SF: number;
  Gr_Liv_Area: number;
  Bsmt_Full_Bath: number;
  Bsmt_Half_Bath: number;
  Full_Bath: number;
  Half_Bath: number;
  Bedroom_AbvGr: number;
  Kitchen_AbvGr: number;
  TotRms_AbvGrd: number;
  Functional: string;
  Fireplaces: number;
  Garage_Type: string;
  Garage_Finish: string;
  Garage_Cars: number;
  Garage_Area: number;
  Garage_Cond: string;
  Paved_Drive: string;
  Wood_Deck_SF: number;
  Open_Porch_SF: number;
  Enclosed_Porch: number;
  Three_season_porch: number;
  Screen_Porch: number;
  Pool_Area: number;
  Pool_QC: string;
  Fence: string;
  Misc_Feature: string;
  Misc_Val: number;
  Mo_Sold: number;
  Year_Sold: number;
  Sale_Type: string;
  Sale_Condition: string;
  Sale_Price: number;
  Longitude: number;
  Latitude: number;
}

/** One census tract of the Boston data of 1970; `medv` in thousands of US dollars. Read its data card before use. */
export interface BostonTract {
  crim: number;
  zn: number;
  indus: number;
  chas: number;
  nox: number;
  rm: number;
  age: number;
  dis: number;
  rad: number;
  tax: number;
  ptratio: number;
  b: number;
  lstat: number;
  medv: number;
}

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

/** What a row of `data.load(name)` is, by name. */
export interface Datasets {
  ames: AmesHouse;
  boston: BostonTract;
  "waste-icons": WasteIcon;
}

export type DatasetName = keyof Datasets;
