#include "core/text.h"
#include "core/url.h"
#include "dcat/canonical_json.h"
#include "dcat/vocabulary.h"
#include "index/card.h"
#include "web/calendar.h"
#include "web/description.h"
#include "web/france_map.h"
#include "web/harvest_words.h"
#include "web/pages.h"
#include "web/quality.h"
#include "web/schema_org.h"
#include "web/typography.h"

#include <fmt/format.h>

#include <algorithm>

namespace moisson::web {
namespace {

using search::Field;

constexpr std::size_t shown_files = 100;
constexpr std::size_t shown_keywords = 30;
constexpr std::size_t shown_places = 5;

// One record with what every part of its page needs.
struct Sheet {
  const Page& page;
  const store::StoredRecord& stored;
  const store::SourceStatus& source;
  dcat::Record record;
  index::Card card;
  std::string language;  // that the record is written in, as far as known

  const Words& words() const { return page.words(); }
  const dcat::Resource& common() const { return dcat::resource(record); }
  const links::Links& links() const { return page.context().links; }

  // The literal for this reader; nullptr if there is none.
  const LangString* text(const LangStrings& strings) const { return best(strings, page.words().language(), language); }
  std::string value(const LangStrings& strings) const {
    const LangString* found = text(strings);
    return found == nullptr ? std::string() : found->value;
  }
  std::string lang_attribute(const LangString& string) const {
    return foreign_language(page, string.language.empty() ? language : string.language);
  }
  // The words for a filtered value, and the search for it.
  std::string label(Field field, const search::Labelled& value) const {
    return value.label.empty() ? dcat::label(search::description(field).name, value.value, words().language())
                               : value.label;
  }
  std::string search_for(Field field, const std::string& value) const {
    return page.to_search(links::with_value({}, field, value));
  }
};

std::string title_of(const Sheet& sheet) {
  const std::string title = shown(sheet.value(sheet.common().title));
  return title.empty() ? std::string(sheet.words()("word.untitled")) : title;
}

std::string publisher_of(const Sheet& sheet) {
  const auto& publishers = sheet.card[Field::publisher];
  return publishers.empty() ? std::string() : shown(sheet.label(Field::publisher, publishers.front()));
}

void heading(const Sheet& sheet, Model& model) {
  model.set("HEADING", title_of(sheet))
      .set("KIND", std::string(sheet.words()("type." + std::string(to_string(sheet.card.type)))));
  if (const LangString* title = sheet.text(sheet.common().title))
    model.maybe("TITLE_LANG", sheet.lang_attribute(*title));
  const auto& publishers = sheet.card[Field::publisher];
  if (!publishers.empty())
    model.add("PUBLISHER")
        .set("NAME", publisher_of(sheet))
        .set("URL", sheet.search_for(Field::publisher, publishers.front().value));
  const auto& themes = sheet.card[Field::theme];
  if (!themes.empty())
    model.add("TRAIL_THEME")
        .set("LABEL", sheet.label(Field::theme, themes.front()))
        .set("URL", sheet.search_for(Field::theme, themes.front().value));
  const LangString* text = sheet.text(sheet.common().description);
  const Html description = text == nullptr ? Html{} : describe(text->value);
  if (description.markup.empty()) {
    model.show("NO_DESCRIPTION");
    return;
  }
  model.add("DESCRIPTION").html("DESCRIPTION_HTML", description).maybe("TEXT_LANG", sheet.lang_attribute(*text));
}

void dated(const Sheet& sheet, const std::optional<Moment>& moment, Model& model) {
  if (moment)
    model.add("DATE").set("ISO", format_moment(*moment)).set("WHEN", when(sheet.words(), *moment, sheet.page.now()));
  else
    model.show("NO_DATE");
}

std::string file_name(const Sheet& sheet, const dcat::Distribution& file, std::string_view address,
                      std::size_t position) {
  if (const std::string title = shown(sheet.value(file.title)); !title.empty()) return title;
  if (const auto url = parse_url(address); url) {
    const std::string name = percent_decode(std::string_view(url->path).substr(url->path.rfind('/') + 1));
    if (!name.empty() && is_utf8(name)) return std::string(cut(name, 200));
  }
  return sheet.words().fill("dataset.file_n", {{"n", number(sheet.words(), position)}});
}

void file(const Sheet& sheet, const dcat::Distribution& file, std::size_t position, Model& row) {
  const auto& addresses = file.download_url.empty() ? file.access_url : file.download_url;
  const std::string address = addresses.empty() ? std::string() : addresses.front().value;
  const std::string name = file_name(sheet, file, address, position);
  row.add(is_web_url(address) ? "LINKED" : "UNLINKED").set("URL", address).set("NAME", name);
  if (const LangString* note = sheet.text(file.description)) {
    row.maybe("FILE_NOTE", shorten(note->value, 160));
    row.maybe("TEXT_LANG", sheet.lang_attribute(*note));
  }
  if (file.licence && !sheet.common().licence) {
    const auto* known = dcat::licence(*file.licence);
    row.maybe("FILE_LICENCE", known != nullptr ? std::string(known->label) : sheet.value(file.licence->label));
  }
  const auto* format = dcat::format_of(file);
  std::string format_name = format != nullptr ? std::string(format->label)
                            : file.format     ? sheet.value(file.format->label)
                                              : std::string();
  row.maybe("FORMAT", shorten(format_name, 30)).show_if(format_name.empty(), "NO_FORMAT");
  row.set("SIZE", file.byte_size && *file.byte_size > 0 ? bytes(sheet.words(), *file.byte_size) : std::string("–"));
  dated(sheet, file.modified ? file.modified : file.issued, row);
}

void files(const Sheet& sheet, Model& model) {
  const auto& distributions = dcat::distributions(sheet.record);
  if (distributions.empty()) return;
  Model& section = model.add("FILES");
  section.set("FILE_COUNT", number(sheet.words(), distributions.size()));
  for (std::size_t i = 0; i < std::min(distributions.size(), shown_files); ++i)
    file(sheet, distributions[i], i + 1, section.add("FILE"));
  if (distributions.size() > shown_files)
    section.add("MORE_FILES")
        .set("TEXT", sheet.words().fill("dataset.all_files", {{"n", number(sheet.words(), distributions.size())}}))
        .set("URL", sheet.page.plain(sheet.links().page("/api/v1/datasets/" + sheet.stored.id)));
}

void service(const Sheet& sheet, Model& model) {
  const auto* service = std::get_if<dcat::DataService>(&sheet.record);
  if (service == nullptr) return;
  Model section;
  const auto rows = [&](std::string_view key, const std::vector<dcat::Iri>& addresses) {
    for (const auto& address : addresses)
      if (is_web_url(address.value))
        section.add("ENDPOINT")
            .set("LABEL", std::string(sheet.words()(key)))
            .set("URL", address.value)
            .set("NAME", address.value);
  };
  rows("dataset.endpoint", service->endpoint_url);
  rows("dataset.endpoint_description", service->endpoint_description);
  rows("dataset.serves", service->serves_dataset);
  if (!section.sections().empty()) model.add("SERVICE") = std::move(section);
}

std::string period_words(const Words& words, const dcat::PeriodOfTime& period) {
  const std::string start = period.start ? date(words, *period.start) : std::string();
  const std::string end = period.end ? date(words, *period.end) : std::string();
  if (start.empty() && end.empty()) return {};
  if (end.empty()) return words.fill("dataset.period_since", {{"start", start}});
  if (start.empty()) return words.fill("dataset.period_until", {{"end", end}});
  return start == end ? start : words.fill("dataset.period_both", {{"start", start}, {"end", end}});
}

void coverage(const Sheet& sheet, Model& model) {
  const Words& words = sheet.words();
  Model facts;
  const auto fact = [&](std::string_view key, std::string value) {
    if (!value.empty()) facts.add("FACT").set("LABEL", std::string(words(key))).set("VALUE", std::move(value));
  };
  std::optional<dcat::BoundingBox> box;
  std::size_t places = 0;
  for (const auto& place : sheet.common().spatial) {
    if (!box) box = place.bbox;
    const std::string name = shown(sheet.value(place.label));
    if (name.empty() || ++places > shown_places) continue;
    fact("dataset.territory", place.guessed ? words.fill("dataset.territory_guessed", {{"place", name}}) : name);
  }
  if (box) {
    fact("dataset.north", latitude(words, box->north));
    fact("dataset.south", latitude(words, box->south));
    fact("dataset.west", longitude(words, box->west));
    fact("dataset.east", longitude(words, box->east));
  }
  if (const auto* dataset = std::get_if<dcat::Dataset>(&sheet.record)) {
    for (const auto& period : dataset->temporal) fact("dataset.period", period_words(words, period));
    if (dataset->spatial_resolution_metres)
      fact("dataset.resolution",
           words.fill("dataset.metres", {{"n", decimal(words, *dataset->spatial_resolution_metres, 0)}}));
  } else if (const auto* series = std::get_if<dcat::DatasetSeries>(&sheet.record)) {
    for (const auto& period : series->temporal) fact("dataset.period", period_words(words, period));
  }
  if (facts.sections().empty()) return;
  Model& section = model.add("COVERAGE");
  const auto drawn = box ? on_map(*box) : std::nullopt;
  if (drawn)
    facts.set("X", fmt::format("{:.1f}", drawn->x))
        .set("Y", fmt::format("{:.1f}", drawn->y))
        .set("WIDTH", fmt::format("{:.1f}", drawn->width))
        .set("HEIGHT", fmt::format("{:.1f}", drawn->height));
  section.add(drawn ? "WITH_MAP" : "WITHOUT_MAP") = std::move(facts);
}

// What we chose from a table where the publisher said nothing that a machine can read.
std::string guesses(const Sheet& sheet) {
  const auto guessed = [](const auto& concepts) {
    return std::any_of(concepts.begin(), concepts.end(), [](const auto& item) { return item.guessed; });
  };
  std::vector<std::string_view> keys;
  const auto licence = dcat::licence_of(sheet.record);
  if (licence && licence->guessed) keys.push_back("guessed.licence");
  if (guessed(sheet.common().theme)) keys.push_back("guessed.theme");
  if (guessed(sheet.common().spatial)) keys.push_back("guessed.territory");
  if (const auto* dataset = std::get_if<dcat::Dataset>(&sheet.record);
      dataset != nullptr && dataset->frequency && dataset->frequency->guessed)
    keys.push_back("guessed.frequency");
  std::string list;
  for (std::string_view key : keys) (list += list.empty() ? "" : ", ") += sheet.words()(key);
  return list.empty() ? list : sheet.words().fill("provenance.guessed", {{"what", list}});
}

void provenance(const Sheet& sheet, Model& model) {
  const Words& words = sheet.words();
  const store::StoredRecord& stored = sheet.stored;
  if (sheet.common().issued)
    model.add("PUBLISHED")
        .set("ISSUED", date(words, *sheet.common().issued))
        .set("ISSUED_ISO", format_moment(*sheet.common().issued));
  else
    model.show("PUBLISHED_UNDATED");
  model.set("SOURCE", shown(sheet.source.source.title))
      .set("SOURCE_URL", sheet.page.local(sheet.links().source(stored.source_id)))
      .set("SOURCE_KIND", kind_word(words, sheet.source.source.kind))
      .set("REMOTE_ID", std::string(cut(stored.remote_id, 300)))
      .set("FIRST_SEEN", day(words, stored.first_seen))
      .set("FIRST_SEEN_ISO", format_rfc3339(stored.first_seen))
      .set("LAST_SEEN", when_in_text(words, stored.last_seen, sheet.page.now()))
      .set("LAST_CHANGED", day(words, stored.last_changed))
      .set("LAST_CHANGED_ISO", format_rfc3339(stored.last_changed));
  if (stored.last_job > 0)
    model.add("JOB")
        .set("JOB_NUMBER", number(words, static_cast<std::uint64_t>(stored.last_job)))
        .set("JOB_URL", sheet.page.local(sheet.links().page(fmt::format("/jobs/{}", stored.last_job))));
  if (std::string text = guesses(sheet); !text.empty()) model.add("GUESSED").set("GUESSED_TEXT", std::move(text));
  model.set("RAW_URL", sheet.page.plain(sheet.links().dataset_raw(stored.id)));
  const std::string remote = !stored.remote_url.empty() || sheet.common().landing_page.empty()
                                 ? stored.remote_url
                                 : sheet.common().landing_page.front().value;
  if (is_web_url(remote)) model.add("REMOTE_PAGE").set("URL", remote);
  model.add("AS")
      .set("NAME", "JSON")
      .set("MEDIA_TYPE", "application/json")
      .set("URL", sheet.page.plain(sheet.links().page("/api/v1/datasets/" + stored.id)));
}

void citation(const Sheet& sheet, Model& model) {
  const std::string author = publisher_of(sheet);
  model.set("CITE_AUTHOR", author.empty() ? shown(sheet.source.source.title) : author)
      .set("CITE_CONSULTED", sheet.words().fill("dataset.consulted", {{"date", day(sheet.words(), sheet.page.now())}}))
      .set("CITE_URL", sheet.links().dataset(sheet.stored.id));
  const auto& year = sheet.common().modified ? sheet.common().modified : sheet.common().issued;
  if (year) model.maybe("CITE_YEAR", format_moment(*year).substr(0, 4));
}

// The rows of "En bref": each a plain value, a link, a mail address or a date.
class Brief {
 public:
  Brief(const Sheet& sheet, Model& model) : sheet_(sheet), model_(model) {}

  void bare(std::string_view key, std::string value) {
    if (!value.empty()) row(key).add("BARE").set("VALUE", std::move(value));
  }
  void linked(std::string_view key, std::string value, std::string url) {
    row(key).add("LINKED").set("VALUE", std::move(value)).set("URL", std::move(url));
  }
  void mail(std::string_view key, std::string value, std::string address) {
    row(key).add("MAIL").set("VALUE", std::move(value)).set("ADDRESS", std::move(address));
  }
  void moment(std::string_view key, const Moment& moment) {
    row(key)
        .add("DATED")
        .set("ISO", format_moment(moment))
        .set("VALUE", when(sheet_.words(), moment, sheet_.page.now()));
  }
  void address(std::string_view key, const std::vector<dcat::Iri>& addresses) {
    for (const auto& address : addresses)
      if (const auto url = parse_url(address.value); url && is_web_url(address.value))
        return linked(key, url->host, address.value);
  }

 private:
  Model& row(std::string_view key) { return model_.add("BRIEF").set("LABEL", std::string(sheet_.words()(key))); }

  const Sheet& sheet_;
  Model& model_;
};

// One address, and nothing that could end the mailto: or add headers to the message.
bool is_mail_address(std::string_view text) {
  return text.find('@') != text.npos && text.find_first_of(" \t\r\n?&<>\"'%,;:") == text.npos;
}

void contact(const Sheet& sheet, Brief& brief) {
  for (const auto& contact : sheet.common().contact_point) {
    const std::string name = shown(sheet.value(contact.name));
    const Words& words = sheet.words();
    const std::string write =
        name.empty() ? std::string(words("dataset.write")) : words.fill("dataset.write_to", {{"name", name}});
    if (is_mail_address(contact.email))
      brief.mail("dataset.contact", write, contact.email);
    else if (is_web_url(contact.url))
      brief.linked("dataset.contact", write, contact.url);
    else
      brief.bare("dataset.contact", name);
    brief.bare("dataset.telephone", contact.telephone);
  }
}

void in_brief(const Sheet& sheet, Model& model) {
  const Words& words = sheet.words();
  const dcat::Resource& common = sheet.common();
  Brief brief(sheet, model);
  const auto& licences = sheet.card[Field::licence];
  if (licences.empty())
    brief.bare("dataset.licence", std::string(words("word.not_stated_f")));
  else
    brief.linked("dataset.licence", shown(sheet.label(Field::licence, licences.front())),
                 sheet.search_for(Field::licence, licences.front().value));
  if (common.access_rights) brief.bare("dataset.access", sheet.value(common.access_rights->label));
  if (common.modified) brief.moment("dataset.data_modified", *common.modified);
  if (common.issued) brief.moment("dataset.record_issued", *common.issued);
  brief.moment("dataset.seen", {sheet.stored.last_seen, Precision::second});
  if (sheet.card.type != dcat::ResourceType::service) {
    const auto& frequencies = sheet.card[Field::frequency];
    brief.bare("dataset.frequency", frequencies.empty() ? std::string(words("word.not_stated_f"))
                                                        : sheet.label(Field::frequency, frequencies.front()));
  }
  std::string languages;
  for (const auto& value : sheet.card[Field::language])
    (languages += languages.empty() ? "" : ", ") += sheet.label(Field::language, value);
  brief.bare("dataset.language", languages);
  brief.bare("dataset.version", common.version);
  if (sheet.stored.popularity.value_or(0) > 0) brief.bare("dataset.views", number(words, *sheet.stored.popularity));
  brief.address("dataset.landing_page", common.landing_page);
  brief.address("dataset.documentation", common.documentation);
  brief.address("dataset.conforms_to", common.conforms_to);
  if (!common.publisher.empty() && !common.creator.empty())
    brief.bare("dataset.creator", shown(sheet.value(common.creator.front().name)));
  contact(sheet, brief);
}

void quality(const Sheet& sheet, Model& model) {
  const auto criteria = quality_of(sheet.record, sheet.card);
  const auto met = std::count_if(criteria.begin(), criteria.end(), [](const auto& criterion) { return criterion.met; });
  model.set("QUALITY",
            sheet.words().fill("quality.score", {{"n", std::to_string(met)}, {"of", std::to_string(criteria.size())}}));
  for (const auto& criterion : criteria) {
    const std::string key = "quality." + std::string(criterion.name) + (criterion.met ? ".ok" : ".bad");
    model.add("CRITERION").set("MARK", criterion.met ? "ok" : "bad").set("TEXT", std::string(sheet.words()(key)));
  }
}

void keywords(const Sheet& sheet, Model& model) {
  const auto& common = sheet.common().keyword;
  if (common.empty()) return;
  Model& list = model.add("KEYWORDS");
  for (std::size_t i = 0; i < std::min(common.size(), shown_keywords); ++i) {
    Model& item = list.add("KEYWORD");
    item.set("TEXT", shown(common[i].value)).set("URL", sheet.search_for(Field::keyword, index::slug(common[i].value)));
    item.maybe("TEXT_LANG", sheet.lang_attribute(common[i]));
  }
}

index::Entry entry_of(const store::StoredRecord& stored, const store::SourceStatus& source,
                      const dcat::Record& record) {
  return {.row = stored.row,
          .id = stored.id,
          .family_id = stored.family_id,
          .source_id = stored.source_id,
          .source_title = source.source.title,
          .source_language = source.source.language,
          .remote_id = stored.remote_id,
          .record = record,
          .first_seen = stored.first_seen,
          .last_changed = stored.last_changed,
          .popularity = stored.popularity};
}

}  // namespace

http::Response dataset_page(const Page& page) {
  const store::Store& store = page.context().store;
  const auto stored = store.record(http::first(page.request().captures, "id"));
  if (!stored) return page.failed(stored.error());
  const auto source = store.source(stored->source_id);
  if (!source) return page.failed(source.error());
  auto record = dcat::from_json(stored->json);
  if (!record) return page.failed(record.error());
  index::Card card = index::card_of(entry_of(*stored, *source, *record));
  std::string language = card.language;
  const Sheet sheet{page, *stored, *source, std::move(*record), std::move(card), std::move(language)};

  Model model;
  heading(sheet, model);
  files(sheet, model);
  service(sheet, model);
  coverage(sheet, model);
  provenance(sheet, model);
  citation(sheet, model);
  in_brief(sheet, model);
  quality(sheet, model);
  keywords(sheet, model);
  const std::string address = page.context().links.dataset(stored->id);
  model.add("JSON_LD").html("JSON_LD_HTML", schema_org(sheet.record, address, page.words().language()));
  const LangString* description = best(sheet.card.description, page.words().language(), sheet.language);
  // Outside hash and seq, yet shown: when it was last seen, and how often it is looked at.
  const std::string tag = page.etag({store.epoch(), std::to_string(stored->seq), format_rfc3339(stored->last_seen),
                                     std::to_string(stored->popularity.value_or(0)), source->source.title});
  return page.render("dataset.html", model,
                     {.title = title_of(sheet),
                      .summary = description == nullptr ? std::string() : shorten(description->value, 200),
                      .canonical = address,
                      .section = Section::catalogue},
                     tag);
}

}  // namespace moisson::web
