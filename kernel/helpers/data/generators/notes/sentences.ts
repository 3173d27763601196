/**
 * Sentences with places: `{DRUG}` an entity of that type, `{SYMPTOM!}` one that is said to be absent, `{age}` and other words in small
 * letters a detail without a tag. Words and marks stand apart, as the notes have them.
 */

/** The first sentence of a note that says who it is about. */
export const openings = [
  "{NAME} , {age} , a {job} from {town} , came in on {DATE} with {SYMPTOM} .",
  "Patient {NAME} ( record {ID} ) was admitted on {DATE} with {DISEASE} .",
  "On {DATE} , {NAME} , a {job} aged {age} , complained of {SYMPTOM} and {SYMPTOM} .",
  "Record {ID} : {NAME} , {age} years old , seen by Dr. {NAME} on {DATE} for {DISEASE} .",
  "{NAME} , a {age}-year-old {job} , was referred by Dr. {NAME} because of {SYMPTOM} .",
  "Follow-up of {NAME} from {town} , last seen {DATE} , treated for {DISEASE} .",
];

/** The first sentence of a note that does not. */
export const quietOpenings = [
  "This {age}-year-old {job} complains of {SYMPTOM} .",
  "Admitted with {SYMPTOM} and suspected {DISEASE} .",
  "A {job} from {town} with known {DISEASE} and new {SYMPTOM} .",
  "Seen for {SYMPTOM} in the {BODY} .",
];

export const sentences = [
  "There is {SYMPTOM} in the left {BODY} .", "Examination of the {BODY} shows {SYMPTOM} .", "The right {BODY} is tender .", "The pain moves from the {BODY} to the {BODY} .", "{SYMPTOM} since last week , worse at night .",
  "History of {DISEASE} and {DISEASE} .", "Known {DISEASE} , treated with {DRUG} .", "Mother had {DISEASE} .", "{DISEASE} was diagnosed in {year} .", "The picture fits {DISEASE} .",
  "Had a {PROCEDURE} in {year} .", "{PROCEDURE} is planned for {DATE} .", "We discussed {PROCEDURE} and its risks .", "Two days after {PROCEDURE} the patient developed {SYMPTOM} .",
  "Started {DRUG} {dose} twice a day .", "Stop {DRUG} , give {DRUG} {dose} instead .", "{DRUG} did not help against the {SYMPTOM} .", "Allergic to {DRUG} .", "Continue {DRUG} for {DISEASE} .",
  "Results to Dr. {NAME} , phone {PHONE} .", "Call {NAME} at {PHONE} before the {PROCEDURE} .", "Next visit on {DATE} .", "Wife can be reached at {PHONE} .",
  "Vital signs are stable .", "Will come back in {weeks} weeks .", "May eat and drink again .", "Weight fell by {weeks} kg since {year} .",
];

/** Findings that are not there. */
export const absent = ["Denies {SYMPTOM!} .", "No {SYMPTOM!} , no {SYMPTOM!} .", "{DISEASE!} was ruled out .", "No signs of {DISEASE!} .", "The {BODY} shows no {SYMPTOM!} .", "No history of {DISEASE!} , never took {DRUG!} ."];

/** The same in shorthand. */
export const terse = ["Pt c/o {SYMPTOM} x {weeks} wks .", "Hx of {DISEASE} , on {DRUG} {dose} bid .", "s/p {PROCEDURE} {year} , now {SYMPTOM} .", "r/o {DISEASE} , {PROCEDURE} ordered .", "{BODY} wnl , {SYMPTOM} ++ .", "cont {DRUG} , d/c {DRUG} .", "f/u {DATE} , Dr. {NAME} {PHONE} .", "{SYMPTOM} -> {BODY} , tx {DRUG} prn ."];
export const terseAbsent = ["Pt denies {SYMPTOM!} , {SYMPTOM!} .", "neg for {DISEASE!} .", "no {SYMPTOM!} / {SYMPTOM!} , no hx {DISEASE!} .", "{BODY} clear , no {SYMPTOM!} ."];
