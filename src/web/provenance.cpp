#include "web/provenance.h"

#include "core/text.h"
#include "core/url.h"
#include "dcat/vocabulary.h"
#include "web/calendar.h"
#include "web/harvest_words.h"
#include "web/typography.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace moisson::web {
namespace {

// A form that a record can be taken away in, named as in its address.
struct Form {
  std::string_view name, media_type, format;
};

constexpr std::array<Form, 5> forms{{{"JSON", "application/json", "json"},
                                     {"Turtle", "text/turtle", "ttl"},
                                     {"RDF/XML", "application/rdf+xml", "rdf"},
                                     {"JSON-LD", "application/ld+json", "jsonld"},
                                     {"N-Triples", "application/n-triples", "nt"}}};

// What we chose from a table where the publisher said nothing that a machine can read.
std::string guesses(const Sheet& sheet) {
  const auto guessed = [](const auto& concepts) {
    return std::any_of(concepts.begin(), concepts.end(), [](const auto& item) { return item.guessed; });
  };
  std::vector<std::string_view> keys;
  const auto licence = dcat::licence_of(sheet.record);
  if (licence && licence->guessed) keys.push_back("guessed.licence");
  if (guessed(sheet.common().publisher)) keys.push_back("guessed.publisher");
  if (guessed(sheet.common().theme)) keys.push_back("guessed.theme");
  if (guessed(sheet.common().spatial)) keys.push_back("guessed.territory");
  if (guessed(sheet.common().language)) keys.push_back("guessed.language");
  if (const auto* dataset = std::get_if<dcat::Dataset>(&sheet.record);
      dataset != nullptr && dataset->frequency && dataset->frequency->guessed)
    keys.push_back("guessed.frequency");
  std::string list;
  for (std::string_view key : keys) (list += list.empty() ? "" : ", ") += sheet.words()(key);
  return list.empty() ? list : sheet.words().fill("provenance.guessed", {{"what", list}});
}

}  // namespace

void provenance(const Sheet& sheet, Model& model) {
  const Words& words = sheet.words();
  const store::StoredRecord& stored = sheet.stored;
  if (sheet.common().issued)
    model.add("PUBLISHED")
        .set("ISSUED", date(words, *sheet.common().issued))
        .set("ISSUED_ISO", format_moment(*sheet.common().issued));
  else
    model.show("PUBLISHED_UNDATED");
  if (!stored.trail.empty()) {
    Model& trail = model.add("TRAIL");
    for (const std::string& place : stored.trail) {
      const auto address = parse_url(place);
      trail.add("PLACE").set("URL", place).set("NAME", address ? address->host : place);
    }
  }
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
  for (const Form& form : forms)
    model.add("AS")
        .set("NAME", std::string(form.name))
        .set("MEDIA_TYPE", std::string(form.media_type))
        .set("URL", sheet.page.plain(sheet.links().dataset_as(stored.id, form.format)));
}

}  // namespace moisson::web
