"""Every way out of the application, and how somebody from another agency is kept out of it.

The ways are read from the URL table, the description of the API, the command line and the
templates of mail. A way without a line here fails `tests/web/test_every_way_around.py`, which also
walks each page: as an agency's contact, as a project leader of another agency, as a stranger, and
without a sign-in.

A new page: its name goes to `CLOSED` when `accounts/table` has no row for the agency contact, to
`DISCLOSED` when it shows a pupil through a live disclosure and in no other way, and otherwise to
`OPEN` with the reason why nothing of a pupil can pass.
"""

from __future__ import annotations

from collections.abc import Mapping

# Closed to an agency's contact: the table gives the role no row, and the answer is 404
CLOSED: Mapping[str, str] = {
    "accounts": """
        add_person add_unit approve_role change_person change_role close_unit decide_roles
        decline_role end_role give_role leave_vacant move_unit people person proposed_roles
        reset_second_factor stand_in undo_role undo_roles unit
    """,
    "agencies": """
        agency_add agency_appoint agency_end_contact
    """,
    "api": """
        api_case api_cases api_flags api_steps api_tasks
    """,
    "audit": """
        log_review log_review_close log_review_outcome log_reviews
    """,
    "cases": """
        case case_cause case_cause_open case_contact case_decide case_hand_back
        case_hand_over case_law case_lifted case_move_routine case_note case_note_open
        case_open case_reopen case_take_step case_task case_tasks case_voice case_write
        cases cases_move_many hand_over_all hand_over_undo hand_overs
    """,
    "consultations": """
        answer_consultation book_consultation send_another take_back_consultation
    """,
    "consent": """
        answer_consent ask_consent consent consents offer_support reply_to_support
        withdraw_consent
    """,
    "collaboration": """
        call call_again cancel_call change_call make_call note_called propose_time
        read_calendar_reply remind_called
        send_call settle_call undo_call
    """,
    "deliveries": """
        deliveries.add_source deliveries.check deliveries.connection deliveries.discard
        deliveries.fetch deliveries.list deliveries.load deliveries.mapping deliveries.run
        deliveries.run_month_end deliveries.run_pupils deliveries.runs deliveries.source
        deliveries.take_back deliveries.take_in deliveries.upload
    """,
    "disclosures": """
        disclose_by_consent disclose_otherwise disclosure disclosures disclosures_sheet
        disclosures_told end_disclosure
    """,
    "documents": """
        document document_add document_docx document_fill_in document_open document_pdf
        document_sign document_start document_start_about documents home_letters
        letters_to_homes send_home
    """,
    "emergency": """
        emergency emergency_page emergency_review emergency_reviews
    """,
    "figures": """
        figures_area figures_class figures_export figures_list figures_municipality
        figures_school figures_two_rules figures_what_if
    """,
    "flow": """
        flow_area flow_municipality flow_school
    """,
    "inbox": """
        flag flag_accept flags flags_decline flags_take_back handling handling_counts
    """,
    "deviations": """
        deviation deviation_pdf sign_deviation
    """,
    "joint_meetings": """
        cross_agency_counts decide_jointly hold_joint_meeting joint_decision_done
        joint_meeting joint_minutes_pdf lock_joint_minutes note_joint_present
        take_back_decision write_joint_minutes
    """,
    "inspector": """
        inspector_case inspector_pdf inspector_school
    """,
    "jobs": """
        jobs.job jobs.list jobs.retry jobs.run_now jobs.switch
    """,
    "meetings": """
        add_addendum add_item analyse_item answer_meeting approve_minutes cancel_meeting
        change_meeting_series decide_item end_meeting_series gather_items hold_meeting
        invite_guest invite_to_meeting meeting meeting_guest meeting_minutes
        meeting_minutes_general meeting_participation meetings minutes_general_pdf
        minutes_pdf move_item note_present open_protected_item plan_meeting protect_item
        remind_of_meeting replan_meeting start_meeting_series strike_item write_minutes
    """,
    "messages": """
        drop_letter letter letter_paper letter_papers letters mail_queue release_letter
        retry_letter send_mail_again undo_letter undo_letter_one
    """,
    "plans": """
        plan plan_docx plan_follow_up plan_new_version plan_own plan_own_docx plan_own_pdf
        plan_pdf plan_sign plan_start plan_version plan_write plan_write_own plans
    """,
    "projects": """
        change_project_meeting change_project_meetings decide_at_project_meeting
        note_project_meeting plan_project_meeting project project_add project_change
        project_decision_done project_remove project_start projects
        start_project_meetings
    """,
    "pupils": """
        pupil pupil_history pupil_on_paper pupil_year pupils pupils_access pupils_access_end
        pupils_contacts pupils_count_only pupils_hold_letters pupils_number pupils_open
        pupils_protected pupils_search
    """,
    "referrals": """
        referral referral_concern referral_decide referral_move referral_prepare referral_send
        referrals
    """,
    "registration": """
        ask_about_lessons explain_lessons explain_own_lessons give_help own_lessons
        registration registration_class registration_contradictions registration_lessons
        registration_school registration_teachers resolve_help take_back_reason
    """,
    "routine": """
        common_routine_adapt common_routine_aside common_routine_drafts common_routine_end
        common_routine_proposal common_routine_proposals common_routine_propose
        common_routine_school common_routine_schools common_routine_share
        common_routine_take_back common_routine_take_over common_routine_use
    """,
    "routines": """
        routine_approve routine_ask routine_publish routine_start routine_write
    """,
}
# Open to agencies, with what keeps a pupil out of it
OPEN: Mapping[str, str] = {
    "accessibility": "words of ours",
    "account": "one's own name, address and roles",
    "account_language": "one's own choice",
    "act_as": "one's own assignments; what the chosen one reaches is asked anew on every page",
    "agencies": "names of agencies and of their contacts",
    "agency": "what an agency has written of itself, about nobody",
    "agency_responsibilities": "steps of the routine and what agencies do in them, about nobody",
    "agency_responsibilities_pdf": "the same on paper",
    "agency_version": "what an agency wrote of itself before",
    "agency_write": "the agency's own text, by its own contact",
    "answer_call_by_link": "by a signed link: which authority calls, days and places; no pupil",
    "api_description": "what the addresses are called, and no row",
    "api_keys": "one's own keys; a key acts in one's own assignment and reaches no further",
    "api_revoke_key": "one's own keys",
    "appearance": "one's own choice, kept in the browser",
    "calendar": "by a signed link: times and rooms of what its person is asked to, no names",
    "choose_weekly_mail": "one's own choice",
    "common_routine": "the routine's text, written for all and about nobody",
    "common_routine_version": "the routine's text, written for all and about nobody",
    "cancel_consultation": "a time that the agency offers itself; there is no pupil in it",
    "consultation": "a question without names: the app knows no pupil, and stops at a name",
    "consultation_attendance": "counts of who came",
    "consultations": "times, and questions without names",
    "counting": "words of ours",
    "demo_day": "refused outside the demo, where everybody is invented",
    "demo_sign_in": "refused outside the demo, where everybody is invented",
    "gallery": "refused outside the demo; holds invented examples",
    "health": "says that the process answers",
    "hidden": "an empty screen",
    "home": "rows that are offered to this very account; no row is made of a pupil for an agency",
    "language": "one's own choice, kept in the browser",
    "mail": "mail to oneself: numbers, days and links, see the templates below",
    "make_calendar": "a link to one's own calendar",
    "note_consultation": "who of the staff came to a consultation",
    "offer_consultations": "times that the agency offers itself",
    "own_mail": "mail to oneself: numbers, days and links, see the templates below",
    "privacy": "words of ours",
    "all_project_meetings": "names of the projects that one's own agency takes part in",
    "project_meeting": "an agenda, counts of who came and decisions: meetings about no pupil",
    "project_meetings": "how often a project met, and how many of each organisation came",
    "done_by_us": "that something is done: a button, and no word of what it was",
    "our_decisions": "that there is something to do and by when; the words are read in the disclosure",
    "ready": "says which parts of the installation answer",
    "revoke_calendar": "a link to one's own calendar",
    "routine": "the library of published texts, about nobody",
    "routine_compare": "two published texts side by side",
    "routine_docx": "a published text",
    "routine_version": "a published text",
    "routines": "the library of published texts, about nobody",
    "start": "where one signs in",
    "undo_mail": "mail that oneself has made",
}
# Of these, a school's name may stand there: who asks is a school, and no pupil is in it
NAMES_A_SCHOOL = (
    "consultation",
    "consultation_attendance",
    "consultations",
    "offer_consultations",
)
# Open to agencies, and shows what a live disclosure holds: the query that has to be used is named
DISCLOSED: Mapping[str, str] = {
    "called": "Disclosure.objects.live_for, in collaboration.agreed",
    "disclosures_received": "Disclosure.objects.live_for",
    "read_disclosure": "Disclosure.objects.live_for and Disclosed.objects.live_for",
    "referral_answer": "Referral.objects.received_by, which asks Disclosure.objects.live_for",
    "referral_received": "Referral.objects.received_by, which asks Disclosure.objects.live_for",
    "referrals_received": "Referral.objects.received_by, which asks Disclosure.objects.live_for",
}
# Where the name of a pupil stands while something of that pupil is disclosed to who looks
MAY_NAME_THE_PUPIL = ("called", "disclosures_received", "read_disclosure")

# By key, from programs: as the pages of the same name
OF_API: Mapping[str, str] = {
    "list_flags": "api_flags",
    "list_cases": "api_cases",
    "one_of_cases": "api_case",
    "list_steps": "api_steps",
    "list_tasks": "api_tasks",
}

# Who starts a command is at the machine and has its files: no page and no address starts one.
# Named by what each tells
AT_THE_MACHINE: Mapping[str, str] = {
    "narvaro demo": "invented pupils",
    "narvaro source inspect": "columns of a file that lies at the machine",
    "narvaro source preview": "rows of a file that lies at the machine",
    "narvaro source profiles": "profiles, no row",
    "narvaro source check": "what a source offers, no row",
    "narvaro import": "counts and places of faults",
    "narvaro quality": "counts",
    "narvaro measure": "keys and sums of minutes",
    "narvaro flag": "keys and outcomes",
    "narvaro explain": "a key and its lessons",
    "narvaro whatif": "counts",
    "narvaro run": "counts and a receipt",
    "narvaro report": "a school's month, small counts hidden",
    "narvaro export": "keys and rows, no names",
    "narvaro programme list": "texts of ours",
    "narvaro programme show": "texts of ours",
    "narvaro programme check": "faults of a file of rules",
    "narvaro ledger status": "counts",
    "narvaro ledger batches": "counts",
    "narvaro ledger verify": "counts",
    "narvaro ledger rebuild": "counts",
    "narvaro ledger compact": "counts",
    "narvaro ledger dispose": "counts and a certificate",
    "narvaro-web add-administrator": "an account of staff",
    "narvaro-web backup": "a folder at the machine, with its own keys",
    "narvaro-web cut-log": "a number of entries",
    "narvaro-web serve": "the pages above",
    "narvaro-web set-authority-key": "a key of an authority",
    "narvaro-web sign-log": "a signature",
    "narvaro-web verify-log": "numbers of entries",
    "narvaro-web work": "names of jobs",
}

# What mail is made from; each is filled by `queue_letter` or as its reason says
MAIL: Mapping[str, str] = {
    "consultations/mail/asked.txt": "to staff who are asked to come: moment, room and link",
    "consultations/mail/booked.txt": "to who gives advice: moment, room and link",
    "consultations/mail/cancelled.txt": "to both: moment and link",
    "consultations/mail/given_back.txt": "to who gives advice: moment and link",
    "emergency/mail/opened.txt": "to who reviews an emergency: moment and link",
    "collaboration/mail/cancelled.txt": "to a unit that was called: which authority and kind",
    "collaboration/mail/changed.txt": "to a unit that is called: which authority and kind",
    "collaboration/mail/invitation.txt": "to a unit that is called: authority, kind, days, links",
    "collaboration/mail/reminder.txt": "to a unit that is called: authority, kind, days, links",
    "collaboration/mail/stopped.txt": "to a unit that takes no part: which authority and kind",
    "collaboration/mail/settled.txt": "to a unit that is called: a day, a place when it may be said",
    "figures/registration/asked.txt": "to a teacher: how many lessons wait",
    "inbox/mail/silence.txt": "to staff of the school and over it: counts and links",
    "meetings/mail/cancelled.txt": "to those called to a meeting of a school: day and link",
    "meetings/mail/guest.txt": "to a mentor: day, time, room and link",
    "meetings/mail/guest_cancelled.txt": "to a mentor: day and link",
    "meetings/mail/invitation.txt": "to those called to a meeting of a school: day, room and link",
    "meetings/mail/moved.txt": "to those called to a meeting of a school: days, room and link",
    "meetings/mail/reminder.txt": "to those called to a meeting of a school: day, room and link",
    "messages/reminder.txt": "to the person reminded: counts and links",
    "messages/weekly.txt": "to the person who wants it: counts and links",
}
# Where mail is queued in other ways than by `queue_letter`, and what keeps a pupil out of it
MAIL_BY_HAND: Mapping[str, str] = {
    "figures/registration/reminding.py": "a count of lessons and a link, from a template",
    "messages/digest.py": "counts and links, from a template",
    "messages/letters.py": "refuses any value that could hold a name",
    "messages/letters_to_many.py": "letters to guardians of pupils in the writer's own scope",
    "messages/reminders.py": "counts and links, from a template",
}
# Words that no template of mail may fill in
NAMES = ("pupil", "guardian", "given_name", "family_name", "elev", "number_encrypted")
