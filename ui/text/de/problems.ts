import type { AssetProblemCode } from '#contract/asset-problems';
import type { ReasonCode } from '#contract/problem-reasons';
import type { ProblemCode } from '#contract/problems';
import type { problems as source } from '../en/problems.ts';

/** Every code has its words; a box that is newer than the page may have more. */
type Complete<Code extends string> = Record<Code, string> & Record<string, string>;

const GONE = 'Dieser Link öffnet nichts mehr. Fragen Sie, wer ihn Ihnen geschickt hat.';
const NOT_ALLOWED = 'Ihr Konto darf das nicht. Fragen Sie, wer sich um die Box kümmert.';
const NO_FILE = 'Es ist keine Datei angekommen. Bitte noch einmal auswählen.';
const NOT_UNDERSTOOD =
  'Die Box hat diese Anfrage nicht verstanden. Laden Sie die Seite neu, und versuchen Sie es noch einmal.';
const BUSY = 'Die Box ist beschäftigt. Bitte gleich noch einmal versuchen.';

const words: Complete<ProblemCode> = {
  not_signed_in:
    'Sie sind nicht angemeldet. Bitte melden Sie sich an, und versuchen Sie es dann noch einmal.',
  session_unknown: 'Sie sind nicht mehr angemeldet. Bitte melden Sie sich wieder an.',
  api_key_unknown: 'Diesen Schlüssel kennt die Box nicht.',
  share_key_unknown: GONE,
  share_slug_unknown: GONE,
  share_password_required: 'Dieser Link fragt nach einem Passwort.',
  share_password_wrong: 'Das ist nicht das Passwort dieses Links.',
  share_upload_refused: 'Dieser Link nimmt keine Fotos an.',
  wrong_credentials: 'Diese E-Mail-Adresse und dieses Passwort gehören nicht zusammen.',
  too_many_attempts:
    'Zu viele Versuche auf einmal. Warten Sie eine Minute, und versuchen Sie es dann noch einmal.',
  elevation_required: 'Der gesperrte Ordner ist zu. Öffnen Sie ihn erst mit seiner PIN.',
  forbidden: NOT_ALLOWED,
  scope_missing: NOT_ALLOWED,
  session_required: 'Dafür müssen Sie sich mit Ihrem Passwort anmelden; ein Schlüssel genügt nicht.',
  request_from_elsewhere: 'Diese Anfrage kam von einer anderen Website und wurde nicht ausgeführt.',
  sign_up_not_local: 'Das erste Konto lässt sich nur in dem Netz anlegen, in dem die Box steht.',
  setup_not_local: 'Diese Box lässt sich nur in dem Netz einrichten, in dem sie steht.',
  setup_step_unavailable:
    'Dieser Schritt geht noch nicht: Die Box nutzt die Laufwerke, mit denen sie gestartet wurde.',
  setup_without_account: 'Legen Sie erst das erste Konto an, dann geht es hier weiter.',
  log_unreadable: 'Das Protokoll der Box lässt sich gerade nicht lesen. Bitte gleich noch einmal versuchen.',
  updates_elsewhere:
    'Nur eine Box, die als Abbild aufgespielt wurde, aktualisiert sich selbst. Aktualisieren Sie diese so, wie sie installiert wurde.',
  updates_silent:
    'Der Teil der Box, der Aktualisierungen macht, antwortet nicht. Bitte in einer Minute noch einmal versuchen.',
  updates_busy: 'Die Box ist schon mit einer Aktualisierung beschäftigt. Warten Sie, bis sie fertig ist.',
  update_not_a_file: 'Eine Aktualisierung muss als Datei geschickt werden.',
  update_offset: 'Die Übertragung muss bei Byte {offset} weitergehen. Bitte noch einmal versuchen.',
  update_no_room:
    'Für diese Aktualisierung ist auf den Laufwerken kein Platz. Schaffen Sie Platz, und versuchen Sie es dann noch einmal.',
  update_none: 'Unter der Adresse für Aktualisierungen gibt es nichts Neueres.',
  update_not_installed: 'Keine Aktualisierung wartet auf einen Neustart.',
  update_address: 'Die Adresse für Aktualisierungen muss mit https:// beginnen.',
  setting_unknown: 'Diese Box hat keine Einstellung {key}.',
  setting_value: 'Diesen Wert kann die Einstellung nicht haben. {why}',
  time_zone_unknown:
    'Es gibt keine Zeitzone {timeZone}. Wählen Sie eine aus der Liste, zum Beispiel Europe/Berlin.',

  validation: 'Das nimmt die Box nicht an: {fields}.',
  body_unreadable: NOT_UNDERSTOOD,
  not_found_or_no_access: 'Das gibt es nicht mehr, oder es wurde nie mit Ihnen geteilt.',
  route_unknown: 'Das kann diese Box nicht. Laden Sie die Seite neu: Sie ist vielleicht älter als die Box.',
  file_missing: 'Das gibt es nicht mehr.',
  body_too_large: 'Das ist zu viel auf einmal.',
  range_unsatisfiable: 'Dieser Teil liegt außerhalb der Datei.',

  admin_exists: 'Um diese Box kümmert sich schon jemand.',
  email_taken: 'Ein anderes Konto nutzt diese E-Mail-Adresse.',
  oauth_off: 'Bei dieser Box meldet man sich mit E-Mail-Adresse und Passwort an.',
  wrong_password: 'Das ist nicht Ihr Passwort.',
  password_too_short: 'Ein Passwort braucht mindestens 8 Zeichen.',
  last_admin: 'Wer sich als Einzige oder Einziger um die Box kümmert, kann das nicht abgeben.',
  storage_label_taken: 'Ein anderes Konto nutzt diesen Ordnernamen.',
  child_session_by_key: 'Ein Schlüssel kann niemanden anmelden. Melden Sie sich dafür mit Ihrem Passwort an.',
  pin_exists: 'Es gibt schon eine PIN.',
  pin_missing: 'Legen Sie erst eine PIN fest.',
  pin_wrong: 'Das ist nicht die PIN.',
  key_scope_exceeded: 'Ein Schlüssel kann nichts erlauben, was er selbst nicht darf.',

  slug_taken: 'Ein anderer Link nutzt diese Adresse. Wählen Sie eine andere.',
  link_content: 'Ein Link zeigt entweder ein Album oder Fotos, die Ihnen gehören und nicht gesperrt sind.',
  guest_search: 'Gäste eines Links können nur in seinem Album suchen.',
  search_cursor: 'Diese Seite gehört nicht zu dieser Suche. Suchen Sie noch einmal von vorn.',
  partner_self: 'Mit sich selbst können Sie nicht teilen.',
  partner_exists: 'Mit dieser Person teilen Sie schon.',
  activity_disabled: 'In diesem Album sind Kommentare und Herzen ausgeschaltet.',
  comment_missing: 'Ein Kommentar braucht Worte, ein Herz hat keine.',

  upload_type: '{name} ist weder ein Foto noch ein Video, das die Box kennt.',
  upload_empty: 'Die Datei {name} ist leer.',
  upload_no_file: NO_FILE,
  upload_not_multipart: NO_FILE,
  upload_broken: 'Die Übertragung endete, bevor die Datei ganz da war. Bitte noch einmal senden.',
  upload_field: 'Die Box hat nicht verstanden, was mit der Datei kam ({field}).',
  checksum_malformed:
    'Die Datei ließ sich nicht mit dem vergleichen, was Sie gesendet haben. Bitte noch einmal senden.',
  checksum_mismatch:
    'Die Datei hat sich unterwegs verändert (ihre Prüfsumme stimmt nicht). Bitte noch einmal senden.',
  quota_exceeded:
    'Ihr Platz auf dieser Box ist aufgebraucht. Löschen Sie etwas, oder bitten Sie um mehr, wer sich um die Box kümmert.',
  live_video_invalid: 'Das Video zu diesem Live-Foto wurde nicht gefunden.',
  pool_full:
    'Die Laufwerke sind voll. Es wurde nichts geändert. Schaffen Sie Platz, oder fügen Sie ein Laufwerk hinzu, und versuchen Sie es dann noch einmal.',
  pool_read_only:
    'Die Laufwerke lassen sich gerade nur lesen. Es wurde nichts geändert. Sehen Sie auf der Seite der Box nach.',
  pool_error:
    'Ein Laufwerk hat einen Fehler gemeldet, und die Anfrage wurde nicht ausgeführt. Sehen Sie auf der Seite der Box nach.',
  catalog_unreadable:
    'Die Box kann ihre Liste der Fotos gerade nicht lesen. Den Fotos selbst ist nichts geschehen. Sehen Sie auf der Seite der Box nach; ist dort alles gut, starten Sie die Box neu.',
  catalog_busy: BUSY,

  original_missing:
    'Die Datei von {name} ist nicht auf den Laufwerken. Sehen Sie auf der Seite der Box nach; vielleicht gibt es anderswo eine Kopie.',
  original_offline:
    '{name} liegt in einem Ordner außerhalb dieser Box, der gerade nicht da ist. Verbinden Sie sein Laufwerk, und versuchen Sie es dann noch einmal.',
  library_folder: 'Der Ordner {path} lässt sich nicht nutzen: {why}',
  library_pattern: 'Ein Muster für das, was ausgelassen wird, darf nicht leer sein.',
  job_unknown: 'Eine Arbeit {name} gibt es auf dieser Box nicht.',
  portrait_unreadable: 'Dieses Bild lässt sich nicht nutzen. Nehmen Sie ein anderes, am besten ein JPEG.',
  portrait_late: BUSY,
  edit_kind: 'Nur Fotos lassen sich bearbeiten: keine Videos, Live-Fotos, Panoramen, GIF oder SVG.',
  edit_not_ready: 'Dieses Foto wird noch gelesen. Bitte gleich noch einmal versuchen.',
  edit_crop: 'Zugeschnitten wird zuerst, nur einmal und innerhalb des Bildes.',
  archive_too_large: 'Das sind zu viele Fotos für einen Download. Wählen Sie weniger.',
  stack_too_small: 'Ein Stapel braucht mindestens zwei Fotos.',
  tag_name: 'Ein Stichwort braucht einen Namen, und darin steht kein Schrägstrich.',
  tag_exists: 'Ein Stichwort mit diesem Namen gibt es schon.',
  memory_exists: 'Zu diesem Tag gibt es schon eine Erinnerung.',
  face_outside: 'Der Rahmen liegt außerhalb des Bildes.',
  people_same: 'Eine Person lässt sich nicht mit sich selbst zusammenführen.',
  search_unavailable: 'Die Suche nach dem, was auf Bildern zu sehen ist, gibt es auf dieser Box nicht.',
  timeline_query:
    'Die Box hat nicht verstanden, welche Fotos gemeint sind. Laden Sie die Seite neu, und versuchen Sie es noch einmal.',
  internal: 'Auf der Box ist etwas schiefgegangen. Es steht in ihrem Protokoll, als {requestId}.',
};

const reasons: Complete<ReasonCode> = {
  folder_not_absolute: 'Schreiben Sie ihn von ganz oben aus, wie /media/fotos.',
  folder_none_allowed:
    'Dieser Box wurde kein anderer Ordner erlaubt. Wer sie eingerichtet hat, kann welche in SHOEBOX_EXTERNAL nennen.',
  folder_not_allowed: 'Diese Box darf nur Ordner unterhalb von {allowed} lesen (SHOEBOX_EXTERNAL).',
  folder_of_pool: 'Dort bewahrt die Box ihre eigenen Fotos auf.',
  folder_taken: 'Er gehört als {taken} schon zu „{library}“.',
  folder_link: 'Von dort führt eine Verknüpfung an einen anderen Ort. Nehmen Sie {real}.',
  folder_link_outside: 'Eine Verknüpfung führt hinaus.',
  folder_missing: 'Es gibt ihn nicht. Ist sein Laufwerk verbunden?',
  folder_unreadable: 'Die Box darf ihn nicht lesen, oder sein Laufwerk antwortet nicht.',
  setting_switch: 'Sie ist entweder an oder aus.',
  setting_number: 'Es muss eine ganze Zahl von {minimum} bis {maximum} sein.',
  setting_text: 'Es muss ein Text sein.',
  setting_length: 'Höchstens {maxLength} Zeichen passen hinein.',
  setting_address: 'Sie muss mit https:// oder http:// beginnen oder leer sein.',
};

const assets: Complete<AssetProblemCode> = {
  empty: 'Diese Datei ist leer.',
  damaged: 'Diese Datei ist beschädigt und lässt sich nicht öffnen.',
  damaged_part: 'Dieses Foto ist beschädigt: Nur sein erster Teil ließ sich lesen.',
  too_large: 'Dieses Bild ist zu groß, um es zu öffnen.',
  too_costly: 'Diese Datei zu öffnen braucht mehr Zeit oder Speicher, als die Box dafür hat.',
  not_a_picture: 'Das ist kein Bild: Sein Inhalt ist von keiner bekannten Art.',
  no_picture: 'Diese Datei enthält kein Bild.',
  original_missing:
    'Die Datei dieses Fotos ist nicht mehr auf dem Laufwerk. Laden Sie es von Ihrem Handy neu hoch, wenn Sie es noch haben.',
  original_unreadable: 'Das Laufwerk konnte dieses Foto nicht lesen. Sehen Sie auf der Seite der Box nach.',
  original_damaged:
    'Dieses Foto ist nicht mehr so, wie es hochgeladen wurde: Das Laufwerk hat es beschädigt. Laden Sie es von Ihrem Handy neu hoch, wenn Sie es noch haben.',
  metadata_unreadable: 'Datum, Ort und Kamera ließen sich aus dieser Datei nicht ganz lesen.',
};

export const problems: typeof source = {
  words,
  form: 'Das nimmt die Box nicht an. Bitte prüfen Sie Ihre Angaben.',
  reasons,
  assets,
  fields: {
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    newPassword: 'neues Passwort',
    name: 'Name',
    pinCode: 'PIN',
    quotaSizeInBytes: 'Platz',
    slug: 'Adresse des Links',
    description: 'Beschreibung',
    birthDate: 'Geburtstag',
    color: 'Farbe',
    importPaths: 'Ordner',
    dateTimeOriginal: 'Datum',
    latitude: 'Ort',
    longitude: 'Ort',
    timeZone: 'Zeitzone',
    expiresAt: 'letzter Tag',
  },
};
