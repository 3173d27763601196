/** One adult penguin, measured at its nest. Lengths in millimetres, mass in grams. */
export interface Penguin {
  species: "Adelie" | "Chinstrap" | "Gentoo";
  island: "Biscoe" | "Dream" | "Torgersen";
  beakLength: number;
  beakDepth: number;
  flipperLength: number;
  bodyMass: number;
  /** null: nobody knows. */
  sex: "female" | "male" | null;
}

/** One of two birds of which only species and island were recorded. `filter((bird) => bird.beakLength !== null)` leaves the measured ones. */
export interface UnmeasuredPenguin extends Pick<Penguin, "species" | "island"> {
  beakLength: null;
  beakDepth: null;
  flipperLength: null;
  bodyMass: null;
  sex: null;
}

/**
 * Cell nuclei of one breast lump (WDBC). Of each trait the mean over the nuclei, its standard error, and the mean of the three largest ("worst"). Lengths in units of the picture, areas in their squares;
 * texture: standard deviation of grey values; smoothness: variation of the radius; compactness: perimeter² / area - 1; concavity and concave points: depth and number of dents.
 */
export interface BreastLump {
  mean_radius: number;
  mean_texture: number;
  mean_perimeter: number;
  mean_area: number;
  mean_smoothness: number;
  mean_compactness: number;
  mean_concavity: number;
  mean_concave_points: number;
  mean_symmetry: number;
  mean_fractal_dimension: number;
  radius_error: number;
  texture_error: number;
  perimeter_error: number;
  area_error: number;
  smoothness_error: number;
  compactness_error: number;
  concavity_error: number;
  concave_points_error: number;
  symmetry_error: number;
  fractal_dimension_error: number;
  worst_radius: number;
  worst_texture: number;
  worst_perimeter: number;
  worst_area: number;
  worst_smoothness: number;
  worst_compactness: number;
  worst_concavity: number;
  worst_concave_points: number;
  worst_symmetry: number;
  worst_fractal_dimension: number;
  diagnosis: "malignant" | "benign";
}
