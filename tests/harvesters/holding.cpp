#include "holding.h"

#include "core/text.h"
#include "dcat/vocabulary.h"

#include <algorithm>
#include <set>

namespace moisson::test {
namespace {

std::string words_of(const dcat::Concept& term) {
  return shorten(!term.iri.empty() ? term.iri : term.label.empty() ? "" : term.label.front().value, 80);
}

// Addresses that specifications and tests make up for a licence.
bool is_made_up(const dcat::Concept& licence) {
  constexpr std::string_view examples[] = {"examplems.gov/", "data.some.org/", "url.to.license", "example.org/",
                                           "example.com/"};
  const std::string iri = lower_ascii(licence.iri);
  return std::any_of(std::begin(examples), std::end(examples),
                     [&](std::string_view example) { return iri.find(example) != iri.npos; });
}

bool is_web(std::string_view iri) { return iri.starts_with("http://") || iri.starts_with("https://"); }

std::string folded(std::string_view text) {
  std::string out;
  for (const auto word : split(text, ' ')) {
    if (!word.empty()) out.append(out.empty() ? "" : " ").append(word);
  }
  return out;
}

std::string day(const std::optional<Moment>& moment) { return moment ? format_moment(*moment).substr(0, 10) : ""; }

}  // namespace

void Holding::add(const dcat::Record& record, std::string_view portal, bool pages) {
  const auto& resource = dcat::resource(record);
  const auto& files = dcat::distributions(record);
  distributions += files.size();
  titles += !resource.title.empty();
  publishers += !resource.publisher.empty();
  dates += resource.issued || resource.modified;
  places +=
      std::any_of(resource.spatial.begin(), resource.spatial.end(), [](const auto& place) { return !place.guessed; });
  const auto licence = dcat::licence_of(record);
  licences += licence.has_value();
  if (licence && !is_made_up(*licence) && !dcat::says_unknown("licence", *licence)) {
    ++licences_stated;
    const dcat::Licence* const known = dcat::licence(*licence);
    licences_own += known != nullptr && known->key == "own-terms";
    if (known == nullptr) {
      ++licences_unknown;
      ++unknown["licence " + words_of(*licence)];
    }
  }
  std::set<std::string> addresses;
  const auto take = [&](const std::vector<dcat::Iri>& list) {
    for (const auto& url : list) {
      const bool made = url.value.starts_with(portal);
      if (!made && url.value.find("://") != url.value.npos) addresses.insert(url.value);
    }
  };
  take(resource.landing_page);
  if (pages) take(resource.documentation);
  if (const auto* service = std::get_if<dcat::DataService>(&record)) {
    take(service->endpoint_url);
    take(service->endpoint_description);
  }
  for (const auto& file : files) {
    take(file.access_url);
    take(file.download_url);
    const bool stated = (file.format && !dcat::says_unknown("format", *file.format)) || file.media_type;
    formats_stated += stated;
    if (stated && dcat::format_of(file) == nullptr) {
      ++formats_unknown;
      ++unknown["format " + words_of(file.format ? *file.format : *file.media_type)];
    }
  }
  urls += addresses.size();
  for (const LangString& title : resource.title) {
    values.push_back({folded(title.value), day(resource.issued), day(resource.modified),
                      resource.licence && is_web(resource.licence->iri) ? resource.licence->iri : ""});
  }
}

Holding& Holding::operator+=(const Holding& other) {
  for (const auto& [name, member] : counted) this->*member += other.*member;
  for (const auto member : {&Holding::formats_stated, &Holding::formats_unknown, &Holding::licences_stated,
                            &Holding::licences_unknown, &Holding::licences_own})
    this->*member += other.*member;
  for (const auto& [words, count] : other.unknown) unknown[words] += count;
  return *this;
}

}  // namespace moisson::test
