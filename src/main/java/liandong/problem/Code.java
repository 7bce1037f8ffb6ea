package liandong.problem;

/**
 * Every kind of problem. A code is never reused for another meaning; its sentences are in {@code messages.properties}
 * (English) and {@code messages_zh.properties} (Chinese).
 */
public enum Code {
    // The policy folder
    MISSING_FILE,
    UNREADABLE_WORKBOOK,
    EMPTY_FILE,
    TEXT_FILE,
    OLD_WORKBOOK,
    PASSWORD_PROTECTED,
    NOT_A_WORKBOOK,
    ODD_CONTAINER,
    ODD_XML,
    UNPACKS_TOO_FAR,
    TOO_MANY_PARTS,
    TOO_MANY_SHEETS,
    TOO_MANY_CELLS,
    TOO_MANY_MERGED,
    TOO_WIDE,
    TOO_LONG_CELL,
    /** A workbook that can be read, but not given back with something changed in it. */
    UNEDITABLE_WORKBOOK,
    MACROS(ProblemSeverity.WARNING),
    EXTERNAL_LINK(ProblemSeverity.WARNING),
    DDE_LINK(ProblemSeverity.WARNING),
    EMBEDDED_OBJECT(ProblemSeverity.WARNING),
    DATA_CONNECTION(ProblemSeverity.WARNING),
    MORE_PROBLEMS(ProblemSeverity.NOTE),
    UNREADABLE_ARCHIVE,
    RULES_NOT_CHECKED(ProblemSeverity.WARNING),
    /** A workbook of which it cannot be said which one of the policy it replaces. */
    AMBIGUOUS_WORKBOOK,
    MISSING_SHEET,
    /** A sheet that came after the format of the policy, which has none: what that means for its decisions. */
    ABSENT_SHEET(ProblemSeverity.NOTE),
    UNKNOWN_SHEET,
    /** A sheet without any cell. */
    EMPTY_SHEET(ProblemSeverity.NOTE),
    DUPLICATE_SHEET,
    /** Two workbooks with several sheets of one name: most likely one is a copy of the other. */
    COPIED_WORKBOOK,
    MISSING_HIT_POLICY,
    UNKNOWN_HIT_POLICY,
    BAD_RULE,
    BAD_RULE_NAME,
    UNKNOWN_RULE_NAME,
    BAD_FORMAT,
    NEWER_FORMAT,
    RULE_WITHOUT_SOURCE,
    /** Something that switches a rule off, or ties it to another clock than the decision's. */
    RULE_ATTRIBUTE,
    /** A moment written in a condition, which is read by the machine's language and zone. */
    WRITTEN_MOMENT,
    DUPLICATE_RULE_CODE,
    /** A rule table on a sheet that nobody sees. */
    HIDDEN_RULE_TABLE,
    /** A date in a rule table, which Drools would write into the rule as it is shown. */
    DATE_IN_RULE_TABLE,
    BAD_RULE_TABLE,
    MISPLACED_RULE_TABLE,
    MISNAMED_RULE_TABLE,
    ROWS_LOST,
    CALENDAR_WITHOUT_ROWS,
    YEARS_MISSING,
    WEEKDAY_WITHOUT_HOURS(ProblemSeverity.WARNING),
    /** A weekday that is open for less than half of the others. */
    SHORT_WEEKDAY(ProblemSeverity.NOTE),
    YEAR_NOT_MADE_UP_FOR(ProblemSeverity.WARNING),
    /** Another row where there is room for one: it would be passed over. */
    ONLY_ONE_ROW,
    /** The same in a policy of format 1, which goes by the first row. */
    PASSED_OVER_ROW(ProblemSeverity.WARNING),
    /** A file beside those of the policy that nobody reads. */
    PASSED_OVER_FILE(ProblemSeverity.WARNING),
    INVERTED_HOURS,
    /** Office hours that end on the next day. */
    HOURS_PAST_MIDNIGHT(ProblemSeverity.NOTE),
    OVERLAPPING_HOURS,
    REPEATED_DATE(ProblemSeverity.WARNING),
    CONTRADICTORY_DATE,
    /** The same in a policy of format 1, which goes by the last row. */
    OVERRULED_DATE(ProblemSeverity.WARNING),
    /** A day put under a year whose arrangement cannot speak of it. */
    DATE_OF_ANOTHER_YEAR,
    /** A day to be made up for on which offices are open anyway: most likely the date is another. */
    IDLE_WORKING_DAY(ProblemSeverity.WARNING),
    /** A year of which only some holidays are there. */
    INCOMPLETE_YEAR(ProblemSeverity.WARNING),
    NO_SUCH_HOLIDAY,
    // Sheets
    /** The header stands below row 2: something else stands above it, or nothing but blank rows. */
    ROWS_ABOVE_HEADER,
    BLANKS_ABOVE_HEADER,
    /** The header stands where the title should. */
    HEADER_IN_FIRST_ROW,
    /** No row names the columns. */
    HEADER_LOST,
    /** A row among the data that is the header once more, or the header in the other language. */
    REPEATED_HEADER,
    /** Headers that stand one column beside their cells. */
    SHIFTED_HEADER,
    MISSING_COLUMN,
    MISSING_HEADER,
    UNKNOWN_COLUMN,
    /** A column that no table knows and none resembles: of use to people only. */
    OWN_COLUMN(ProblemSeverity.WARNING),
    /** Lines below a table that are not of it. */
    FOOTER_ROWS(ProblemSeverity.NOTE),
    MISTYPED_COLUMN,
    DUPLICATE_COLUMN,
    /** A sheet that is a copy of one that is read. */
    COPIED_SHEET,
    MERGED_CELLS,
    BLANK_GAP(ProblemSeverity.NOTE),
    EMPTY_ROWS(ProblemSeverity.NOTE),
    HIDDEN_ROW(ProblemSeverity.NOTE),
    /** A row that somebody has struck through, which counts all the same. */
    STRUCK_ROW(ProblemSeverity.NOTE),
    /** A row on which somebody wrote that it is not to count any more. */
    GIVEN_UP_ROW(ProblemSeverity.WARNING),
    FILTERED_ROW(ProblemSeverity.NOTE),
    HIDDEN_COLUMN(ProblemSeverity.NOTE),
    HIDDEN_SHEET(ProblemSeverity.NOTE),
    EXPIRED_ROW(ProblemSeverity.NOTE),
    UNCONFIRMED_ROWS(ProblemSeverity.NOTE),
    /** Since format 3: rows that the district has not approved, by what they rest on. */
    UNAPPROVED_ROWS(ProblemSeverity.NOTE),
    MISSING_ID,
    DUPLICATE_ID,
    // Cells
    /** A number that is shown as a percentage, told once for a column of a sheet. */
    PERCENT_CELL(ProblemSeverity.NOTE),
    /** A number whose format shows another one, or none. */
    SHOWN_OTHERWISE(ProblemSeverity.WARNING),
    UNKNOWN_LABEL,
    MISTYPED_LABEL,
    /** A label that was changed in the vocabulary, while cells name the former one. */
    RENAMED_LABEL,
    DUPLICATE_LABEL,
    /** A word for a row's status that formats 1 and 2 had, told once for a sheet. */
    FORMER_STATUS(ProblemSeverity.WARNING),
    /** A word lies within itself, or within one that stands below it. */
    PARENT_BELOW,
    /** An outside code that stands for two of our words at once. */
    TWICE_MAPPED,
    BAD_OUTLINE,
    OUTLINE_SIZE,
    MISSING_VALUE,
    /** A date where words are wanted. */
    WRONG_TYPE,
    NOT_A_NUMBER,
    NOT_A_WHOLE_NUMBER,
    NOT_A_DATE,
    NOT_A_TIME,
    NOT_A_ZONE,
    NOT_YES_OR_NO,
    LIMIT_WITHOUT_UNIT,
    /** Several names where there is room for one. */
    SEVERAL_LABELS,
    OUT_OF_RANGE,
    /** A word for nothing, where an empty cell says so. */
    LEAVE_EMPTY,
    /** A condition of 无, which may mean none, or no condition. */
    NOTHING_OR_ANY,
    NUMBER_CONDITION,
    DATE_CONDITION,
    /** Words that do not say whether a bound itself counts. */
    BOUND_IN_DOUBT,
    INVERTED_RANGE,
    /** Ranges that leave no number out. */
    EVERY_NUMBER,
    EXCLUDES_EVERY_NUMBER,
    /** 紧急以上: words of a set are no numbers. */
    COMPARED_LABEL,
    TOO_MANY_NUMBERS,
    EXCLUDES_NOTHING,
    /** A number of cases, or at least so many: 起 says either. */
    CASES_OR_MORE,
    DATE_WITHOUT_YEAR,
    IMPOSSIBLE_DATE,
    LIMIT_AT_ONCE,
    /** Hours of the day where a limit is wanted: how long it takes is not said. */
    LIMIT_WITHOUT_LENGTH,
    /** From when to when, where one time of day is wanted. */
    TWO_TIMES,
    /** A range with one end: 3~ may be all from 3, or not be finished. */
    OPEN_RANGE,
    /** A limit that is read and that nobody lives to see the end of: 10000 小时 07:00~07:01. */
    LIMIT_TAKES_YEARS(ProblemSeverity.WARNING),
    LABEL_IN_OTHER_WIDTH,
    /** A date that a spreadsheet program has made of a range, or of a number. */
    DATE_IN_NUMBERS,
    /** A date where one number and no range is wanted. */
    DATE_FOR_NUMBER,
    /** A date that has lost its format. */
    NUMBER_IN_DATES,
    MISPLACED_NOT,
    /** Not in the form of cells, but understood. */
    READ_AS(ProblemSeverity.NOTE),
    UNUSUAL_CHARACTERS(ProblemSeverity.NOTE),
    INVISIBLE_CHARACTERS(ProblemSeverity.WARNING),
    LOOKALIKE_CHARACTERS(ProblemSeverity.WARNING),
    /** A word to look for with a sign in it that divides words or sentences: no text is likely to hold it. */
    /** What stands for all that no other row names. */
    THE_REST,
    /** What says that nobody knows yet. */
    NOT_YET_KNOWN,
    RUN_OF_LABELS,
    /** A conclusion that says what it is not. */
    CONCLUDES_NOT,
    SEVERAL_DAYS,
    NO_SUCH_MONTH,
    NUMBER_NEEDED,
    LIMIT_IS_A_TIME,
    LIMIT_WITH_REMARK,
    LIMIT_IS_NEXT_DAY,
    DIVIDED_WORD(ProblemSeverity.WARNING),
    /** A word to look for that seems to say that another must not be there: 不含漏水. */
    WORDED_EXCLUSION(ProblemSeverity.WARNING),
    QUOTATION_MARKS(ProblemSeverity.WARNING),
    SURROUNDING_BLANKS(ProblemSeverity.NOTE),
    NUMBER_AS_TEXT(ProblemSeverity.NOTE),
    FORMULA_ERROR,
    UNCOMPUTED_FORMULA,
    VOLATILE_FORMULA(ProblemSeverity.WARNING),
    EXTERNAL_FORMULA(ProblemSeverity.WARNING),
    CALLING_FORMULA(ProblemSeverity.WARNING),
    INVERTED_DATES,
    // Returns that go astray
    ENDLESS_RETURNS,
    RETURNED_TO_SENDER,
    TOO_MANY_BODIES,
    RETURN_WITHOUT_ANSWER,
    RETURN_WITHOUT_OWNER,
    // Tables by which somebody can delay, or be pressed without measure
    PAUSE_WITHOUT_END(ProblemSeverity.WARNING),
    OWN_CLOCK(ProblemSeverity.WARNING),
    EXTENSION_NEVER(ProblemSeverity.WARNING),
    RETURN_WINDOW_TOO_LONG(ProblemSeverity.WARNING),
    REASSIGN_NEVER(ProblemSeverity.WARNING),
    CONFERENCE_CONVENES_ITSELF(ProblemSeverity.WARNING),
    CONFERENCE_MISSING(ProblemSeverity.WARNING),
    LADDER_HOLE(ProblemSeverity.WARNING),
    ANSWER_TOO_LONG(ProblemSeverity.WARNING),
    RAISED_TO_ITSELF(ProblemSeverity.WARNING),
    NO_CITIZEN_LIMIT(ProblemSeverity.WARNING),
    CITIZEN_LIMIT_TOO_SHORT(ProblemSeverity.WARNING),
    RULING_WITHOUT_LIMIT(ProblemSeverity.WARNING),
    RULING_TOO_LONG(ProblemSeverity.WARNING),
    LEDGER_WITHOUT_REVIEW(ProblemSeverity.WARNING),
    /** A card that comes before a graver one for some only, while the graver one comes for all. */
    LADDER_TOO_NARROW(ProblemSeverity.WARNING),
    /** What is graver is given longer by one row than what is less grave by another. */
    GRAVER_SLOWER(ProblemSeverity.WARNING),
    /** Pauses of which rows tell, and which no row ever allows. */
    PAUSE_NEVER(ProblemSeverity.WARNING),
    /** The same kind of more time however often it was had before. */
    CLOCK_WITHOUT_END(ProblemSeverity.WARNING),
    /** A reminder later than what it reminds of can last. */
    WAIT_NEVER(ProblemSeverity.WARNING),
    /** A row that waits for a count that other tables never let come about. */
    COUNT_NEVER_REACHED(ProblemSeverity.WARNING),
    /** A row about stages that no matter has. */
    STAGE_NEVER_HAD(ProblemSeverity.WARNING),
    EXTENSION_NOT_COUNTED(ProblemSeverity.WARNING),
    EXTENSION_TOO_LATE(ProblemSeverity.WARNING),
    PROOF_ALWAYS_WAIVED(ProblemSeverity.WARNING),
    FOLLOW_UP_MISSING(ProblemSeverity.WARNING),
    FOLLOW_UP_WITHOUT_END(ProblemSeverity.WARNING),
    /** What is graver, or late, is followed up less. */
    RATE_FALLS(ProblemSeverity.WARNING),
    /** Nothing is ever done again; a district may mean that. */
    REDO_NEVER(ProblemSeverity.NOTE),
    DEDUCTION_NEVER(ProblemSeverity.WARNING),
    /** A grade for scores that nothing can have. */
    GRADE_NEVER(ProblemSeverity.WARNING),
    FRAUD_PASSES(ProblemSeverity.WARNING),
    FAULT_EARNS_POINTS(ProblemSeverity.WARNING),
    MERIT_COSTS_POINTS(ProblemSeverity.WARNING),
    GRAVER_COSTS_LESS(ProblemSeverity.WARNING),
    TOO_LONG_TO_EXPORT,
    // Rows together
    IMPOSSIBLE_CONDITION(ProblemSeverity.WARNING),
    DUPLICATE_ROW(ProblemSeverity.WARNING),
    SAME_CONDITIONS(ProblemSeverity.WARNING),
    UNREACHABLE_ROW(ProblemSeverity.WARNING),
    /** A row that alone covers several rows below it, told once at that row. */
    COVERS_ROWS(ProblemSeverity.WARNING),
    OVERLAPPING_ROWS(ProblemSeverity.WARNING),
    UNCOVERED_FACTS(ProblemSeverity.WARNING),
    UNUSED_CONDITION(ProblemSeverity.NOTE),
    IDLE_CONDITION(ProblemSeverity.WARNING),
    UNDECIDED_TABLE(ProblemSeverity.NOTE),
    // Tables together
    EVENT_TYPE_WITHOUT_ROW(ProblemSeverity.WARNING),
    UNUSED_LABEL(ProblemSeverity.NOTE),
    UNREACHED_BODY(ProblemSeverity.NOTE),
    /** Two rows that seem to be one body. */
    SAME_BODY(ProblemSeverity.WARNING),
    /** A row of the duty catalogue that sends down what is not on the list of duties. */
    DUTY_OFF_LIST(ProblemSeverity.WARNING),
    /** Event types for which a scheme of outside codes has none. */
    UNMAPPED_EVENT_TYPES(ProblemSeverity.NOTE),
    KEYWORD_OUTVOTED(ProblemSeverity.NOTE),
    KEYWORD_WITHIN(ProblemSeverity.NOTE),
    KEYWORDS_WITHIN(ProblemSeverity.NOTE),
    LEAD_ASSISTS_ITSELF(ProblemSeverity.WARNING),
    /** What is most urgent may take days all the same. */
    SLOW_WHEN_URGENT(ProblemSeverity.WARNING),
    // Tables one after the other, and as time goes on
    /** A row that waits for a severity or an urgency that no table before it gives. */
    ROW_NEVER_REACHED(ProblemSeverity.WARNING),
    LIMIT_MISSING(ProblemSeverity.WARNING),
    OWNER_MISSING(ProblemSeverity.WARNING),
    STAGES_OF_ONE_NUMBER(ProblemSeverity.WARNING),
    STAGE_WITHOUT_PREDECESSOR(ProblemSeverity.WARNING),
    DUTY_WITHOUT_CONFERENCE(ProblemSeverity.WARNING),
    DUTY_WITHOUT_LEAD(ProblemSeverity.WARNING),
    RELAY_MISSING(ProblemSeverity.WARNING),
    /** What is graver is less urgent. */
    URGENCY_FALLS(ProblemSeverity.WARNING),
    /** More dead, injured, lost or concerned is less grave. */
    SEVERITY_FALLS(ProblemSeverity.WARNING),
    /** What is more urgent may take longer. */
    LIMIT_GROWS(ProblemSeverity.WARNING),
    /** Two degrees of urgency that seem to have each other's rank. */
    URGENCIES_TURNED(ProblemSeverity.WARNING),
    /** A route to an emergency line that only some reports of an event type find. */
    RELAY_NARROWED(ProblemSeverity.WARNING),
    /** A danger that is told to another line than all of its kind. */
    RELAY_ELSEWHERE(ProblemSeverity.WARNING),
    /** More harm or danger is less urgent. */
    HARM_LESS_URGENT(ProblemSeverity.WARNING),
    /** Somebody is hurt, or may be, and it is as urgent as anything. */
    HARM_NOT_URGENT(ProblemSeverity.WARNING),
    /** A list that keeps a matter from those on the spot, where nobody else is in charge. */
    WITHDRAWN_FROM_ALL(ProblemSeverity.WARNING),
    REFERS_EVERYTHING(ProblemSeverity.WARNING),
    ANSWERS_MOST(ProblemSeverity.WARNING),
    DESK_MISSING(ProblemSeverity.WARNING),
    THRESHOLD_NEVER(ProblemSeverity.WARNING),
    THRESHOLD_ALWAYS(ProblemSeverity.WARNING),
    AREA_OF_ANOTHER(ProblemSeverity.WARNING),
    NEVER_CONCLUDED(ProblemSeverity.WARNING),
    NO_LIVING_ROW(ProblemSeverity.WARNING),
    ACTION_NEVER(ProblemSeverity.WARNING),
    RAISED_DOWN(ProblemSeverity.WARNING),
    ROW_ENDS_SOON(ProblemSeverity.WARNING),
    VERSION_GAP(ProblemSeverity.WARNING),
    /** A row that begins while another version above it still counts. */
    VERSION_HIDDEN(ProblemSeverity.WARNING),
    VERSIONS_OVERLAP(ProblemSeverity.WARNING),
    CALENDAR_ENDS_SOON(ProblemSeverity.WARNING),
    /** A finding is accepted that there is not, or that nobody can accept. */
    NOT_ACCEPTABLE,
    ACCEPTED_NOTHING(ProblemSeverity.NOTE),
    // How texts are read
    WORD_DECIDES_TWICE(ProblemSeverity.WARNING),
    CONTEXT_WORD_COUNTS(ProblemSeverity.WARNING),
    ONE_CHARACTER_DECIDES(ProblemSeverity.WARNING),
    CUE_WITHOUT_EVENT_TYPE,
    CONTEXT_WITH_EVENT_TYPE(ProblemSeverity.WARNING),
    WORD_WITH_MARK(ProblemSeverity.WARNING),
    LONG_WORD(ProblemSeverity.WARNING),
    /** A word that the table of spellings has replaced before it is looked for. */
    RESPELT_WORD(ProblemSeverity.WARNING),
    /** A word of the screen for danger that holds another by which there is no danger. */
    LIFTED_DANGER(ProblemSeverity.WARNING),
    DANGER_WITHOUT_RELAY,
    RELAY_WITHOUT_DANGER(ProblemSeverity.WARNING),
    SCREEN_WITHOUT_DANGER(ProblemSeverity.WARNING),
    EXAMPLE_CONTRADICTED(ProblemSeverity.WARNING),
    EVENT_TYPE_WITHOUT_EXAMPLE(ProblemSeverity.NOTE),
    EXAMPLES_READ_OTHERWISE(ProblemSeverity.NOTE),
    // Facts
    BAD_JSON,
    JSON_TOO_DEEP,
    NUMBER_TOO_LONG,
    NAME_TOO_LONG,
    /** A member of an object is given twice. */
    DUPLICATE_FIELD,
    NOT_UTF_8,
    BAD_CSV,
    UNKNOWN_FIELD,
    MISSING_FIELD,
    UNKNOWN_CODE,
    WRONG_JSON_TYPE,
    TOO_LONG,
    TOO_SHORT,
    NUL_CHARACTER,
    /** Half of a character that takes two UTF-16 units. */
    LONE_SURROGATE,
    /** A name or id that nobody could see. */
    BLANK_TEXT,
    TOO_LARGE,
    MISSING_OFFSET,
    /** A time that no calendar or clock has, such as 30 February. */
    IMPOSSIBLE_TIME,
    CONTRADICTION,
    FEWER_PEOPLE,
    IN_FUTURE,
    /** The same by so little that two clocks may differ as much. */
    AHEAD_OF_CLOCK(ProblemSeverity.WARNING),
    TOO_EARLY,
    NAMED_TWICE,
    CALENDAR_ENDED,
    /** An answer leaves out the due times that lie beyond the calendar. */
    NO_DUE_TIME(ProblemSeverity.WARNING),
    /** Who takes a report was decided by a person, and the answer does not go by it. */
    CHOICE_PASSED_OVER(ProblemSeverity.WARNING),
    /** Something was taken out, and nobody says who found that it is not the body's fault. */
    EXCLUDED_BY_NOBODY(ProblemSeverity.WARNING),
    /** A body found itself not at fault. */
    EXCLUDED_BY_ITSELF,
    /** The same of a case of a period: it is counted all the same. */
    EXCLUSION_REFUSED(ProblemSeverity.WARNING),
    /** An area that nobody knows was taken for the one around it. */
    WIDER_AREA(ProblemSeverity.WARNING),
    /** The area was found by a point on the map. */
    AREA_BY_POINT(ProblemSeverity.WARNING),
    /** A point on the map lies in no known outline, and the widest area was taken. */
    POINT_OUTSIDE(ProblemSeverity.WARNING),
    EVENT_TOO_EARLY,
    EVENT_OUT_OF_TURN,
    UNKNOWN_STAGE,
    BAD_LIMIT,
    IMPOSSIBLE_COUNT,
    EMPTY_PERIOD,
    INVERTED_PERIOD,
    /** How many problems of a request, or warnings of an answer, are not told one by one. */
    AND_MORE(ProblemSeverity.NOTE),
    /** Nothing has come of a stream for so long that it was ended. */
    SILENT_STREAM,
    /** A stream has not come whole: what was read of it is answered. */
    STREAM_BROKEN_OFF,
    /** The service stops, and reads no more of a stream. */
    STREAM_STOPPED,
    // Scenarios
    /** A scenario workbook holds no scenario. */
    NO_SCENARIO,
    /** A policy has no scenarios, so nothing puts it to the test. */
    NO_SCENARIOS(ProblemSeverity.WARNING),
    /** A scenario expects nothing, so it proves nothing. */
    NO_EXPECTATION,
    /** No answer can be as a scenario expects. */
    IMPOSSIBLE_EXPECTATION,
    /** A scenario names a row or rule that the policy does not have. */
    UNKNOWN_ROW,
    /** A cell names no time. */
    BAD_TIME,
    /** The answers of a policy do not hand over what the next question of a story needs. */
    NO_STORIES,
    /** A step of a story asks for a decision that there is not. */
    UNKNOWN_DECISION,
    /** A cell says nothing of when a step of a story is. */
    BAD_STEP_TIME,
    /** The first step of a story is reckoned from one before it. */
    NO_STEP_BEFORE,
    /** A step of a story is before the one that it follows. */
    STEP_TOO_EARLY,
    /** The number of a step of a story is not above that of the one before. */
    STEP_OUT_OF_TURN,
    /** A step of a story is when an answer said, and none did. */
    NO_TIME_TOLD,
    /** A story asks before anything has been reported. */
    NO_REPORT,
    /** A step of a story expects an answer and asks nothing. */
    NOTHING_ASKED,
    /** A step of a story says something of a follow-up and asks nothing. */
    UNHEARD_FOLLOW_UP,
    /** A step of a story expects of an answer what answers of its decision do not have. */
    NOT_OF_DECISION,
    /** A part of a cell that lists several things cannot be understood. */
    BAD_ELEMENT,
    // Deciding
    NOT_DECIDED,
    NO_HISTORY,
    NO_POLICY_THEN,
    RUNAWAY_RULES,
    TIME_LIMIT,
    RULE_FAILED,
    // The store
    BAD_STORE,
    NO_STORE,
    STORE_UNREACHABLE,
    NEWER_STORE,
    JOURNAL_UNWRITABLE,
    /** Another text was sent under the id of an incident. */
    OTHER_TEXT(ProblemSeverity.WARNING),
    /** Another time of the report was sent under the id of an incident. */
    OTHER_REPORT_TIME(ProblemSeverity.WARNING),
    /** The same was asked a second time within minutes. */
    ASKED_AGAIN(ProblemSeverity.NOTE),
    BAD_MOMENT,
    ENDS_BEFORE_IT_BEGINS,
    /** Of an id that nothing was decided under, or nothing that may be seen. */
    NOTHING_DECIDED,
    /** A request says nothing about whose a matter is that a row could be made of. */
    NOTHING_RULED,
    BAD_CURSOR,
    SHORT_VERSION,
    UNKNOWN_CHOICE,
    BAD_KEY_FILE,
    NO_PERSONAL_KEY,
    DECISION_TAMPERED,
    STORE_GONE,
    // The life of a policy
    CORRUPTED_POLICY,
    UNUSABLE_POLICY,
    UNKNOWN_POLICY,
    NOT_ITS_TURN,
    OTHER_CONTENT,
    /** Somebody else put something into a draft, which whoever puts another thing over it may not have seen. */
    PUT_MEANWHILE,
    TABLES_TAKEN_OUT(ProblemSeverity.WARNING),
    SCENARIOS_TAKEN_OUT(ProblemSeverity.WARNING),
    SOURCED_ROWS_TAKEN_OUT(ProblemSeverity.WARNING),
    /** Rows by which scenarios of the live policy decide, and none of the draft's does. */
    ROWS_UNPROVEN(ProblemSeverity.WARNING),
    NOT_CHECKED,
    OWN_POLICY,
    NOT_APPROVED,
    ANOTHER_APPROVAL,
    /** What takes something away is published with a reason. */
    REASON_MISSING,
    PUBLISHED_MEANWHILE,
    NOTHING_TO_MERGE,
    /** Both changed the same row, each otherwise. */
    MERGE_COLLIDES,
    AT_ONCE,
    EFFECTIVE_IN_PAST,
    NOTHING_BEFORE,
    NEVER_LIVE,
    ALREADY_LIVE,
    RULES_NOT_TAKEN,
    // What a publication would change
    IMPACT_LARGE,
    IMPACT_UNROUTABLE,
    IMPACT_REFUSED,
    IMPACT_UNKNOWN,
    // Running again
    BAD_CHECKPOINT,
    OTHER_TASK,
    OTHER_RESULTS,
    // Who calls
    NO_KEY,
    UNKNOWN_KEY,
    UNKNOWN_TOKEN,
    TOKEN_FOR_OTHERS,
    TOKEN_NOT_NOW,
    TOKEN_INCOMPLETE,
    ISSUER_SILENT,
    /** An issuer without what its tokens are made out to, or the other way round. */
    HALF_AN_ISSUER,
    NOT_ALLOWED,
    NAMELESS,
    BAD_NAME,
    FOREIGN_HOST,
    THROUGH_PROXY,
    CROSS_SITE,
    OPEN_TO_OTHERS,
    // What a service is set to
    UNREADABLE_SETTINGS,
    UNKNOWN_SETTING,
    SETTING_TWICE,
    UNREADABLE_PASSWORD,
    // What is left to a person
    DESK_INCOMPLETE,
    DESK_UNREADABLE,
    STILL_LEFT,
    JUDGED_MEANWHILE,
    /** Cases of a search were chosen, and somebody has searched since. */
    FOUND_ANEW,
    // The service
    BAD_REQUEST,
    /** A body that ends before it should, or whose pieces are not as HTTP has them. */
    BODY_BROKEN_OFF,
    TOO_SLOW,
    BUSY,
    RATE_LIMITED,
    /** An idempotency key that is none. */
    BAD_REQUEST_KEY,
    /** An idempotency key under which something else was asked before. */
    KEY_REUSED,
    /** A stream of lines came with headers of one event. */
    NO_EVENT_OF_LINES,
    /** Another event came with the same source and id before. */
    EVENT_REUSED,
    /** An event whose type asks for no decision. */
    NO_DECISION_ASKED,
    /** An idempotency key whose request is still being answered. */
    KEY_IN_USE,
    /** An idempotency key whose request was done, and whose answer is lost. */
    KEY_SPENT,
    /** No job of the caller's has this id in this process. */
    UNKNOWN_JOB,
    /** A job that has no answer, or none yet. */
    NO_RESULT,
    /** A service that keeps no decisions knows none again. */
    KEYS_NOT_KEPT,
    MISSING_PART,
    NOT_FOUND,
    UNKNOWN_SCHEME,
    METHOD_NOT_ALLOWED,
    UNSUPPORTED_MEDIA_TYPE,
    MISSING_MEDIA_TYPE,
    /** JSON that is said to be in another encoding than UTF-8. */
    UNSUPPORTED_CHARSET,
    /** A body that is packed, as by gzip. */
    CONTENT_ENCODING,
    /** Open311: no service has this code. */
    UNKNOWN_SERVICE,
    /** Open311: the service is not that of this jurisdiction. */
    UNKNOWN_JURISDICTION,
    /** Open311: a search over more days than one may span. */
    SPAN_TOO_LONG,
    /** Open311: a form that is none. */
    BAD_FORM,
    /** CloudEvents: an attribute that is none, or cannot be so. */
    BAD_EVENT_ATTRIBUTE,
    /** MCP: a message that is no request and no notification of JSON-RPC 2.0. */
    BAD_MESSAGE,
    TOO_MANY_MESSAGES,
    /** MCP: a revision of the protocol that is not spoken. */
    UNKNOWN_REVISION,
    /** MCP: a page of another site asks. */
    FOREIGN_ORIGIN,
    /** MCP: no tool has this name. */
    UNKNOWN_TOOL,
    /** MCP: what should be Base64 is none. */
    NOT_BASE64,
    /** MCP: an answer longer than an assistant is given. */
    TOOL_ANSWER_TOO_LONG,
    INTERNAL;

    private final ProblemSeverity severity;

    Code() {
        this(ProblemSeverity.ERROR);
    }

    Code(ProblemSeverity severity) {
        this.severity = severity;
    }

    /** How much it matters. */
    public ProblemSeverity severity() {
        return severity;
    }

    /** Whether a policy or request with such a problem cannot be used. */
    public boolean isError() {
        return severity == ProblemSeverity.ERROR;
    }
}
