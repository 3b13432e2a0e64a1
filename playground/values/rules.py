"""The table of texts by a property's name: a city for `city`, a person's or a product's name for `name`."""

from __future__ import annotations

from collections.abc import Callable

from playground.values.draw import BASE58, DIGITS, HEX
from playground.values.formats import date_time, duration, ipv4, ipv6, mac, moment, web_address
from playground.values.pools import (
    AGENTS,
    DEPARTMENTS,
    LANGUAGES,
    PRODUCTS,
    ROLES,
    SENTENCES,
    STEMS,
    TAGS,
    WORDS,
)
from playground.values.scene import Scene, word_set, words_of

Rule = Callable[[str, Scene], str]
"""A property's name and the scene of its object to a text."""


_PERSONS = word_set(
    "user customer person owner author creator contact member employee assignee reviewer sender recipient patient "
    "student driver guest profile actor committer organizer attendee host agent manager participant subscriber buyer "
    "seller lead individual signer passenger player artist director operator candidate applicant teacher tenant "
    "viewer editor maintainer invitee inviter reporter requester approver admin cardholder holder beneficiary "
    "collaborator shopper billing shipping people consumer patron donor holder"
)
_COMPANIES = word_set(
    "company organization organisation merchant vendor supplier business employer brand workspace partner enterprise "
    "store shop client publisher bank airline provider institution manufacturer agency hospital school university "
    "account tenant subsidiary retailer insurer"
)
_GOODS = word_set(
    "product item price plan sku variant good listing offer subscription deal goods merchandise asset tier"
)
_WRITINGS = word_set(
    "issue ticket task todo article post page event meeting course book story message note thread discussion pull "
    "milestone goal campaign report survey video track playlist album movie show episode webinar conversation case "
    "announcement question poll lesson quiz song chapter proposal request release volume"
)
_FILES = word_set("file document attachment photo upload blob image picture media recording")
_TAGS = word_set("tag label category group topic keyword genre section list folder collection channel segment board")
_PLACES = word_set("city location place venue address country region hotel office stop station branch_office zone site")
_TEAMS = word_set("team department unit division squad")


_OF_PERSONS = ("email", "first_name", "firstName", "last_name", "lastName", "birthday", "emailAddress")
_OF_GOODS = ("price", "sku", "unit_price", "unit_amount")


def name_of(name: str, scene: Scene) -> str:
    """Return what a thing of the scene's kind is called."""
    noun = scene.noun
    beside = scene.beside
    if noun in _PERSONS or (noun not in _COMPANIES and any(member in beside for member in _OF_PERSONS)):
        return scene.full_name
    if noun in _COMPANIES:
        return scene.company
    if noun in _GOODS or any(member in beside for member in _OF_GOODS):
        return scene.product
    if noun in _WRITINGS:
        return scene.title
    if noun in _FILES:
        return file_name(scene)
    if noun in _TAGS:
        return scene.draw.pick(TAGS)
    if noun in _PLACES:
        return scene.place.city
    if noun in _TEAMS:
        return scene.draw.pick(DEPARTMENTS)
    if noun == "language":
        return scene.draw.pick(LANGUAGES)
    return scene.slug


def file_name(scene: Scene, extension: str = "") -> str:
    """Return a file's name."""
    kind = extension or scene.draw.pick(("pdf", "png", "csv", "txt"))
    return f"{scene.draw.pick(STEMS)}-{scene.draw.between(1, 99):02}.{kind}"


def sentence(name: str, scene: Scene) -> str:
    """Return one sentence."""
    return scene.draw.pick(SENTENCES)


def paragraph(name: str, scene: Scene) -> str:
    """Return two sentences."""
    first = scene.draw.below(len(SENTENCES))
    return f"{SENTENCES[first]} {SENTENCES[(first + 1 + scene.draw.below(len(SENTENCES) - 1)) % len(SENTENCES)]}"


def _title(name: str, scene: Scene) -> str:
    return scene.product if scene.noun in _GOODS else scene.draw.pick(ROLES) if scene.noun in _PERSONS else scene.title


def _version(name: str, scene: Scene) -> str:
    return f"{scene.draw.between(1, 4)}.{scene.draw.between(0, 9)}.{scene.draw.between(0, 9)}"


def _date(name: str, scene: Scene) -> str:
    return moment(name, scene).strftime("%Y-%m-%d")


def _birthday(name: str, scene: Scene) -> str:
    # A person's birthday is the one date that a real server gives from long ago; made-up ones stay among ours.
    return moment("created", scene).strftime("%Y-%m-%d")


def _token(name: str, scene: Scene) -> str:
    return f"{scene.slug.partition('-')[0]}_{scene.draw.text(24, BASE58)}"


def _amount(name: str, scene: Scene) -> str:
    return f"{scene.draw.between(5, 240)}.{scene.draw.pick(('00', '50', '90', '99'))}"


_OF_PLACES = ("city", "country", "postal_code", "postalCode", "zip", "zipCode", "line1", "street", "town")


def _state(name: str, scene: Scene) -> str:
    named = scene.noun in ("address", "location", "place", "shipping", "billing") or words_of(name)[:1] == ("address",)
    return scene.place.region if named or any(member in scene.beside for member in _OF_PLACES) else "active"


def _full_name(name: str, scene: Scene) -> str:
    """Return whose or what name it is in full."""
    return scene.full_name if scene.noun in _PERSONS or not scene.noun else name_of(name, scene)


def _api_version(name: str, scene: Scene) -> str:
    """Return the version of an API, as Kubernetes writes it beside a kind."""
    return "v1" if "kind" in scene.beside else _version(name, scene)


def _kind(name: str, scene: Scene) -> str:
    if "apiVersion" not in scene.beside:
        return scene.noun or "standard"
    return "Pod" if scene.noun in ("reference", "object", "") else "".join(map(str.title, words_of(scene.kind)[-2:]))


def _object(name: str, scene: Scene) -> str:
    """Return what an object calls itself: `chat_completion` of `CreateChatCompletionResponse`."""
    words = [word for word in words_of(scene.kind) if word not in ("create", "response", "object", "result", "dto")]
    is_list = "data" in scene.beside and "id" not in scene.beside
    return "list" if is_list else "_".join(words) or scene.noun or "object"


def truth(name: str, scene: Scene) -> str:
    """Return the boolean that a text such as `yes` or `off` means."""
    return scene.draw.pick(("true", "false"))


def _party(name: str, scene: Scene) -> str:
    """Return whom or when something is from or to."""
    if scene.noun in ("message", "call", "sms", "fax", "conversation"):
        return scene.phone
    if scene.noun in ("range", "period", "filter", "interval", "slot"):
        return _date("created" if name.lower().startswith("from") else "updated", scene)
    return scene.email


def _fixed(*texts: str) -> Rule:
    return lambda name, scene: texts[0] if len(texts) == 1 else scene.draw.pick(texts)


RULES: dict[str, Rule] = {}
"""By the last words of a name, joined with `_`; the longest that is here counts."""


def _add(rule: Rule, names: str) -> None:
    RULES.update((name, rule) for name in names.split())


_add(name_of, "name display_name friendly_name names")
_add(_full_name, "full_name")
_add(lambda name, scene: scene.full_name, "real_name formatted_name account_holder_name contact_name "
     "customer_name user_name_full cardholder_name owner_name author_name nickname_full recipient_name sender_name "
     "author created_by updated_by modified_by assigned_to owner contact recipient signer attendee manager artist "
     "owned_by originator investigator")  # fmt: skip
_add(lambda name, scene: scene.person[0], "first_name given_name firstname fname forename first_names givenname")
_add(lambda name, scene: scene.person[1], "last_name family_name surname lastname lname sur_name")
_add(lambda name, scene: scene.draw.pick("ABCEJLMRST"), "middle_name")
_add(lambda name, scene: "".join(part[0] for part in scene.person), "initials")
_add(
    lambda name, scene: scene.login,
    "username user_name login handle nickname screen_name nick user_login mail_nickname principal_name user",
)
_add(lambda name, scene: scene.email, "email mail email_address e_mail emails upn user_principal_name from_email "
     "to_email email_addresses")  # fmt: skip
_add(lambda name, scene: scene.phone, "phone phone_number telephone mobile mobile_phone tel cell fax fax_number msisdn "
     "mobile_number phonenumber phones telephone_number caller")  # fmt: skip
_add(_fixed(*ROLES), "job_title position occupation profession jobtitle")
_add(_fixed(*DEPARTMENTS), "department dept division team")
_add(lambda name, scene: scene.company, "company company_name organization organization_name organisation org "
     "merchant_name vendor bank_name employer business_name legal_name issuer publisher manufacturer institution "
     "store_name shop_name brand_name")  # fmt: skip
_add(lambda name, scene: scene.street, "street line1 address_line1 address1 street_address address_1 street1 "
     "address address_line_1 street_line1 addressline1")  # fmt: skip
_add(lambda name, scene: f"Apartment {scene.draw.between(1, 40)}", "line2 address_line2 address2 street2 address_2")
_add(
    lambda name, scene: scene.place.city,
    "city town locality place_of_birth birthplace municipality suburb "
    "hometown destination departure arrival_city towards",
)
_add(lambda name, scene: scene.place.region, "province region state_name county administrative_area")
_add(_state, "state")
_add(lambda name, scene: scene.place.region_code, "region_code state_code province_code subdivision_code")
_add(lambda name, scene: scene.place.country_code, "country country_code iso_code country_iso countrycode nationality "
     "country_of_origin iso2 alpha2")  # fmt: skip
_add(lambda name, scene: scene.place.country, "country_name")
_add(lambda name, scene: scene.place.postal_code, "postal_code zip zip_code postcode post_code zipcode postalcode")
_add(lambda name, scene: scene.place.timezone, "timezone time_zone tz zone_name")
_add(lambda name, scene: scene.place.language, "language lang language_code locale_code spoken_language")
_add(lambda name, scene: f"{scene.place.language}-{scene.place.country_code}", "locale culture preferred_locale")
_add(lambda name, scene: f"{scene.place.city}, {scene.place.country}", "location place venue where headquarters")
_add(lambda name, scene: f"{scene.place.latitude:.4f}", "latitude lat")
_add(lambda name, scene: f"{scene.place.longitude:.4f}", "longitude lng lon long")
_add(lambda name, scene: f"{scene.place.latitude:.4f},{scene.place.longitude:.4f}", "coordinates latlng geo lat_lng")
_add(_fixed("usd"), "currency currency_code currencycode default_currency iso_currency")
_add(_fixed("$"), "currency_symbol")
_add(_amount, "amount price cost total subtotal balance fee tax unit_amount amount_decimal unit_amount_decimal rate "
     "total_price unit_price discount_amount value_amount salary budget shipping_cost list_price")  # fmt: skip
_add(lambda name, scene: f"DE{scene.draw.text(2, DIGITS)}500105175407324931"[:22], "iban")
_add(_fixed("COBADEFFXXX", "BNPAFRPPXXX"), "bic swift swift_code bic_code")
_add(_fixed("4242", "4444", "0005"), "last4 last_four last_4 card_last4")
_add(_fixed("visa", "mastercard"), "card_brand brand network")
_add(lambda name, scene: scene.draw.text(9, DIGITS), "account_number routing_number sort_code tax_id vat_number "
     "registration_number vat_id bank_account social_security_number ssn passport_number")  # fmt: skip
_add(lambda name, scene: date_time(moment(name, scene)),
     "created updated created_at updated_at timestamp modified datetime date_time time "
     "created_on updated_on last_login last_seen expires expires_at expiry date_created date_updated date_modified "
     "deleted_at closed_at published_at started_at ended_at start_time end_time starts_at ends_at scheduled_at "
     "last_modified modified_at due_at sent_at received_at completed_at merged_at pushed_at cancelled_at canceled_at "
     "creation_time created_time create_time update_time modified_time since until start_date_time end_date_time "
     "creation_timestamp at now expiration last_update_time creation_date_time")  # fmt: skip
_add(_date, "date start_date end_date due_date due_on release_date created_date updated_date creation_date "
     "expiration_date expiry_date published_date publish_date start end from_date to_date day deadline "
     "published valid_from valid_until effective_date")  # fmt: skip
_add(_birthday, "birthday birth_date date_of_birth dob birthdate")
_add(duration, "duration length interval period elapsed")
_add(web_address, "url uri href link website homepage web_url permalink urls links site_url avatar image_url picture "
     "photo logo thumbnail icon_url avatar_url webhook_url callback_url redirect_uri endpoint location_url image "
     "endpoint_url blog src")  # fmt: skip
_add(lambda name, scene: scene.domain, "domain host hostname host_name domain_name fqdn server domains hosts subdomain "
     "dns_name")  # fmt: skip
_add(lambda name, scene: ipv4(scene), "ip ip_address ipv4 ip_addr client_ip ipaddress private_ip public_ip remote_addr "
     "private_ip_address ip_addresses gateway")  # fmt: skip
_add(lambda name, scene: ipv6(scene), "ipv6 ipv6_address")
_add(_fixed("192.0.2.0/24", "198.51.100.0/24"), "cidr subnet cidr_block cidr_ip destination_cidr_block network_cidr")
_add(lambda name, scene: mac(scene.draw), "mac mac_address")
_add(_fixed(*AGENTS), "user_agent useragent browser")
_add(_fixed("/", "/orders", "/search"), "referer referrer landing_page")
_add(lambda name, scene: scene.slug,
     "slug key name_slug alias code_name permalink_slug namespace bucket cluster repository repo project "
     "project_name repo_name bucket_name image_name queue topic_name index_name table stream handle_slug")  # fmt: skip
_add(lambda name, scene: f"{scene.login}/{scene.slug}", "full_repo_name repository_full_name full_name_with_owner")
_add(
    lambda name, scene: f"/{scene.slug.replace('-', '/')}",
    "self path file_path pathname directory folder mount_path key_path relative_path",
)
_add(lambda name, scene: file_name(scene), "filename file_name file attachment original_filename basename document")
_add(_fixed("image/png", "application/pdf", "text/csv"), "mime_type content_type mimetype media_type mime contenttype")
_add(_fixed("png", "pdf", "csv"), "extension file_extension file_type")
_add(_fixed("utf-8"), "encoding charset character_set")
_add(lambda name, scene: scene.draw.text(40, HEX),
     "sha commit commit_id commit_sha head_sha revision git_sha after before sha1 tree_id merge_commit_sha "
     "base_sha commit_hash")  # fmt: skip
_add(
    lambda name, scene: scene.draw.text(64 if "256" in name else 32, HEX),
    "hash md5 checksum digest etag sha256 fingerprint signature e_tag content_hash content_md5",
)
_add(_fixed("main", "develop", "feature/search"), "branch ref default_branch head_branch master_branch base_branch "
     "target_commitish head base")  # fmt: skip
_add(lambda name, scene: f"v{_version(name, scene)}", "tag_name release tag_version")
_add(_api_version, "api_version group_version")
_add(_version, "version app_version current_version schema_version sdk_version build release_version")
_add(sentence, "description summary message comment note notes caption details reason explanation remark remarks "
     "subtitle excerpt about bio body_text status_message status_reason hint help description1 description2 memo "
     "abstract overview instructions agenda feedback short_description commit_message review snippet headline_text "
     "additional_information purpose tooltip definition")  # fmt: skip
_add(paragraph, "body content text long_description html_body article description_html body_html content_text "
     "markdown story transcript")  # fmt: skip
_add(_title, "title subject headline heading topic display_title commit_title label_text")
_add(_fixed(*TAGS), "tag label category tags labels group genre keyword keywords type_name section topic_tag segment "
     "categories groups")  # fmt: skip
_add(_fixed(*LANGUAGES), "programming_language")
_add(lambda name, scene: scene.color[1], "color colour background_color text_color font_color hex_color hex "
     "foreground_color border_color accent_color")  # fmt: skip
_add(lambda name, scene: scene.color[0], "color_name colour_name")
_add(_fixed("S", "M", "L", "XL"), "size")
_add(_fixed("oak", "linen", "steel", "ceramic"), "material")
_add(lambda name, scene: f"{scene.draw.text(3, 'ABCDEFGHKLMN')}-{scene.draw.text(5, DIGITS)}", "sku part_number "
     "serial_number product_code item_number barcode model_number serial")  # fmt: skip
_add(_fixed(*PRODUCTS), "product product_name item item_name product_title line_item")
_add(_fixed("X200", "Aero 3", "Classic"), "model")
_add(_fixed("kg", "cm", "pcs"), "unit unit_of_measure units measure")
_add(lambda name, scene: f"{scene.draw.between(10_000, 99_999)}", "order_number invoice_number reference_number "
     "reference receipt_number tracking_number confirmation_number confirmation_code ref_number case_number "
     "customer_number employee_number")  # fmt: skip
_add(lambda name, scene: str(scene.draw.between(1001, 9899)), "number")
_add(_fixed("active"), "status lifecycle_state lifecycle status_name account_status")
_add(_object, "object")
_add(_kind, "kind")
_add(_party, "from to")
_add(lambda name, scene: scene.draw.uuid(), "uid")
_add(lambda name, scene: scene.draw.text(6, DIGITS[1:]), "resource_version")
_add(_fixed("standard", "basic"), "type class category_type level tier mode variant")
_add(_fixed("high", "normal"), "priority severity")
_add(_fixed("member", "admin"), "role role_name access_level")
_add(_fixed("read", "write"), "permission scope access permissions scopes right")
_add(_fixed("public"), "visibility privacy")
_add(_fixed("GET", "POST"), "method http_method verb")
_add(_fixed("https"), "protocol scheme")
_add(_fixed("en"), "lang_code")
_add(_token, "token access_token refresh_token secret client_secret api_key password_hash session_token nonce "
     "client_token security_token private_key public_key credential csrf_token auth_token secret_key")  # fmt: skip
_add(lambda name, scene: f"{scene.slug}-{scene.draw.between(10, 99)}", "password passphrase pin passwd")
_add(lambda name, scene: scene.draw.text(20, BASE58), "cursor next_cursor page_token next_token next_page_token marker "
     "continuation_token pagination_token next_marker start_cursor end_cursor skip_token bookmark")  # fmt: skip
_add(_fixed("web", "newsletter", "import"), "source origin channel medium campaign referral")
_add(_fixed("invalid_request", "not_found"), "error_code")
_add(_fixed("The request could not be carried out."), "error error_message errors detail error_description warning "
     "exception fault last_error failure_message failure_reason")  # fmt: skip
_add(_fixed("us-east-1", "eu-west-1"), "availability_zone aws_region datacenter data_center zone")
_add(_fixed("MIT"), "license spdx_id license_name")
_add(_fixed("linux", "darwin"), "os platform operating_system")
_add(_fixed("amd64", "arm64"), "arch architecture")
_add(_fixed("Arial", "Georgia"), "font font_family")
_add(lambda name, scene: scene.draw.pick(WORDS), "word query q search keyword_text term search_term")
_add(_fixed("female", "male"), "gender sex")
_add(_fixed("Dr."), "salutation honorific prefix_title")
_add(_fixed("order_id", "campaign", "team"), "metadata_key field attribute property field_name attribute_name "
     "parameter column")  # fmt: skip
_add(lambda name, scene: scene.draw.pick(("6735", "spring", "checkout", "north")), "value values val")
_add(lambda name, scene: f"{scene.draw.pick(('PROMO', 'SPRING', 'WELCOME'))}{scene.draw.between(10, 90)}",
     "coupon coupon_code promo_code promotion_code discount_code voucher voucher_code")  # fmt: skip
_add(lambda name, scene: scene.draw.text(6, DIGITS), "otp verification_code pin_code one_time_password passcode")
_add(_fixed("name", "-created_at"), "sort sort_by order_by orderby")
_add(_fixed("1920x1080", "1280x720"), "resolution dimensions")
_add(_fixed("draft", "published"), "stage phase workflow_state")
_add(_fixed("1.5", "2"), "weight height width depth")
_add(
    lambda name, scene: f"{scene.draw.text(3, 'ABCDEFGHKLMNPRST')}{scene.draw.between(10, 99)}",
    "code acronym route_code reason_code account_code call_sign",
)
_add(lambda name, scene: scene.draw.text(8, "0123456789ABCDEF"), "invoice_prefix prefix suffix")
_add(_fixed("5734", "5812", "7372"), "mcc merchant_category_code")
_add(_fixed("card", "us_bank_account"), "payment_method_type")
_add(_fixed("UPS", "DHL"), "carrier shipping_carrier")
_add(_fixed("currently_due", "external_account"), "due past_due")
_add(lambda name, scene: scene.draw.text(9, DIGITS), "passport driver_license driving_license national_id foreign_id "
     "tax_number professional_card birth_certificate abn vatin rfc nss")  # fmt: skip
_add(lambda name, scene: f"{scene.draw.text(2, 'ABCDEFGHKLM')}-{scene.draw.text(3, DIGITS)}", "license_plate plate")
_add(lambda name, scene: scene.draw.text(13, DIGITS), "ean gtin isbn")
_add(lambda name, scene: scene.draw.text(12, DIGITS), "upc")
_add(lambda name, scene: scene.draw.text(64, HEX), "txid tx_id block_hash transaction_hash")
_add(lambda name, scene: scene.company.upper()[:22], "statement_descriptor statement_descriptor_suffix")
_add(lambda name, scene: f"© {scene.now.year} {scene.company}", "copyright copyright_notice")
_add(_fixed("Thank you for your order."), "footer footer_text")
_add(_fixed("daily", "weekly", "monthly"), "frequency recurrence recurring_interval")
_add(_fixed("0 6 * * 1", "*/15 * * * *"), "schedule cron cron_expression cron_schedule")
_add(_fixed("npm run build", "make test"), "command command_line cmd")
_add(_fixed("create", "update"), "action operation_name")
_add(_fixed("order.created", "order.updated"), "event event_name event_type")
_add(_fixed("inbound", "outbound"), "direction")
_add(_fixed("json", "csv"), "format output_format")
_add(_fixed("landscape", "portrait"), "orientation")
_add(_fixed("stop", "length"), "finish_reason stop_reason")
_add(lambda name, scene: f"{scene.now.year - 1}/{scene.now.year % 100:02}", "season")
_add(lambda name, scene: str(scene.draw.between(1, 40)), "order index position offset latency speed bitrate x_offset "
     "y_offset row sequence score points length_ms line_number")  # fmt: skip
_add(lambda name, scene: f"<p>{sentence(name, scene)}</p>", "html")
_add(truth, "enabled selected required visible bold italic underline locked read_only")
