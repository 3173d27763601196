import type { NoteType } from "./contract.js";

/** What hurried people write. Some have two meanings in a real clinic (MS, RA), which a reader tells by the sentence. */
export const shorthand: readonly { readonly short: string; readonly long: string; readonly type: NoteType }[] = [
  ["SOB", "shortness of breath", "SYMPTOM"], ["CP", "chest pain", "SYMPTOM"], ["HA", "headache", "SYMPTOM"], ["N/V", "nausea and vomiting", "SYMPTOM"], ["LBP", "lumbar pain", "SYMPTOM"], ["DOE", "breathlessness on effort", "SYMPTOM"],
  ["DM", "diabetes mellitus", "DISEASE"], ["COPD", "chronic obstructive pulmonary disease", "DISEASE"], ["MS", "multiple sclerosis", "DISEASE"], ["TB", "tuberculosis", "DISEASE"], ["UTI", "urinary tract infection", "DISEASE"], ["RA", "rheumatoid arthritis", "DISEASE"], ["OA", "osteoarthritis", "DISEASE"], ["PNA", "pneumonia", "DISEASE"],
  ["ASA", "aspirin", "DRUG"], ["APAP", "acetaminophen", "DRUG"], ["MTX", "methotrexate", "DRUG"], ["PCN", "penicillin", "DRUG"], ["INH", "isoniazid", "DRUG"],
  ["CABG", "coronary bypass", "PROCEDURE"], ["ECG", "electrocardiography", "PROCEDURE"], ["US", "ultrasonography", "PROCEDURE"], ["D&C", "dilation and curettage", "PROCEDURE"],
].map(([short, long, type]) => ({ short: short!, long: long!, type: type as NoteType }));
