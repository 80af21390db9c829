#include "harvesters/api_gouv_record.h"

#include "core/text.h"
#include "core/url.h"
#include "harvesters/front_matter.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace moisson::harvesters {
namespace {

constexpr std::size_t max_text_bytes = 4'000;
constexpr std::size_t max_description_bytes = 100'000;
constexpr std::string_view access_right = "http://publications.europa.eu/resource/authority/access-right/";
constexpr std::string_view datagouv_dataset = "https://www.data.gouv.fr/datasets/";

// What stands in our record, of either part.
constexpr std::array<std::string_view, 22> names_read{"title",         "tagline",
                                                      "content_intro", "keywords",
                                                      "themes",        "owner",
                                                      "producer",      "contact_link",
                                                      "is_open",       "openness",
                                                      "uptime",        "datapass_link",
                                                      "account_link",  "doc_tech_link",
                                                      "external_site", "monitoring_link",
                                                      "last_update",   "doc_tech_external",
                                                      "datagouv_uuid", "slug",
                                                      "path",          "rate_limiting_resume"};

// The fields of both parts: the file's first, because its authors write it.
class Fields {
 public:
  Fields(json::View listing, FrontMatter file) : listing_(listing), file_(std::move(file)) {}

  std::string text(std::string_view name) const {
    std::string own = file_.text(name);
    return clean(own.empty() ? listing_[name].text() : own, max_text_bytes);
  }
  std::vector<std::string> list(std::string_view name) const {
    std::vector<std::string> values = file_.list(name);
    if (values.empty() && listing_[name].is(json::Kind::array))
      for (const json::View item : listing_[name].items()) values.push_back(item.text());
    if (values.empty() && !listing_[name].text().empty()) values.push_back(listing_[name].text());
    for (std::string& value : values) value = clean(value, max_text_bytes);
    return values;
  }

  // The short and the long introduction, then the text of the page.
  std::string description() const {
    std::string all;
    for (const std::string& part : {text("tagline"), clean(file_.text("content_intro"), max_description_bytes),
                                    clean(file_.body, max_description_bytes)}) {
      if (part.empty()) continue;
      if (!all.empty()) all += "\n\n";
      all += part;
    }
    return std::string(cut(all, max_description_bytes));
  }

  // Every field of both parts, by its name.
  void tally(dcat::MappingReport& mapping) const {
    for (const auto& [name, values] : file_.fields)
      tally(mapping, name, values.empty() ? std::string() : values.front());
    for (std::size_t i = 0; i < listing_.size(); ++i) tally(mapping, listing_.key(i), listing_.member(i).text());
  }

 private:
  static void tally(dcat::MappingReport& mapping, std::string_view name, std::string_view value) {
    const bool read = std::find(names_read.begin(), names_read.end(), name) != names_read.end();
    if (auto* first = mapping.add(read ? dcat::PropertyUse::read : dcat::PropertyUse::dropped, name))
      dcat::MappingReport::set_example(*first, value);
  }

  static std::string clean(std::string_view value, std::size_t most) {
    return std::string(cut(trim(clean_utf8(value)), most));
  }

  json::View listing_;
  FrontMatter file_;
};

class Mapping {
 public:
  Mapping(const Fields& fields, const harvest::HarvestSource& source, std::string page_url,
          std::vector<dcat::Finding>& findings)
      : fields_(fields),
        language_(source.language.empty() ? "fr" : source.language),
        page_url_(std::move(page_url)),
        findings_(findings) {}

  dcat::DataService service(std::string_view remote_url) {
    dcat::DataService out;
    out.title = literal(fields_.text("title"));
    out.description = literal(fields_.description());
    for (const std::string_view name : {"keywords", "themes"})
      for (std::string& word : fields_.list(name))
        if (!word.empty()) out.keyword.push_back({std::move(word), language_});
    for (std::string& theme : fields_.list("themes"))
      if (!theme.empty()) out.theme.push_back({.iri = {}, .label = literal(std::move(theme))});
    publisher(out);
    contact(out);
    access(out);
    status(out);
    if (auto link = url("doc_tech_link")) out.endpoint_description.push_back(std::move(*link));
    if (auto link = url("doc_tech_external")) out.documentation.push_back(std::move(*link));
    if (auto link = url("external_site")) out.landing_page.push_back(std::move(*link));
    if (out.landing_page.empty() && !remote_url.empty()) out.landing_page.push_back({std::string(remote_url)});
    for (const std::string& id : fields_.list("datagouv_uuid"))
      if (!id.empty()) out.serves_dataset.push_back({std::string(datagouv_dataset) + percent_encode(id)});
    if (const std::string date = fields_.text("last_update"); !date.empty()) {
      const auto moment = parse_moment(date);
      moment ? void(out.modified = *moment) : found("date_unreadable", "last_update", "not a date: " + date);
    }
    found("url_missing", "", "the catalog does not state the address of the service itself");
    return out;
  }

 private:
  LangStrings literal(std::string value) const {
    return value.empty() ? LangStrings{} : LangStrings{{std::move(value), language_}};
  }

  void publisher(dcat::DataService& out) {
    std::string name = fields_.text("owner");
    if (name.empty()) name = fields_.text("producer");
    if (name.empty()) return found("value_missing", "producer", "nobody is named as its producer");
    dcat::Agent agent;
    agent.name = literal(std::move(name));
    out.publisher.push_back(std::move(agent));
  }

  void contact(dcat::DataService& out) {
    const std::string link = fields_.text("contact_link");
    if (link.empty()) return;
    dcat::ContactPoint point;
    if (is_web_url(link))
      point.url = link;
    else if (link.find('@') != link.npos)
      point.email = link.starts_with("mailto:") ? link.substr(7) : link;
    else
      return found("url_invalid", "contact_link", "neither a mail address nor a page: " + link);
    out.contact_point.push_back(std::move(point));
  }

  // is_open in the file: 1 everybody, 0 with an account, -1 for whoever is entitled; the list has words for it.
  void access(dcat::DataService& out) {
    const std::string open = fields_.text("is_open"), word = fields_.text("openness");
    const std::string_view code = open == "1" || (open.empty() && word == "open")        ? "PUBLIC"
                                  : open == "0" || (open.empty() && word == "semi_open") ? "RESTRICTED"
                                  : open == "-1" || (open.empty() && word == "closed")   ? "NON_PUBLIC"
                                                                                         : "";
    if (!code.empty())
      out.access_rights = dcat::Concept{.iri = std::string(access_right) + std::string(code), .guessed = true};
    if (code.empty() && !open.empty()) found("type_wrong", "is_open", "not 1, 0 or -1: " + open);
    std::string conditions;
    const auto add = [&](std::string_view what, const std::string& value) {
      if (value.empty()) return;
      if (!conditions.empty()) conditions += "\n";
      conditions += std::string(what) + " : " + value;
    };
    add("Demande d’accès", fields_.text("datapass_link"));
    add("Compte", fields_.text("account_link"));
    add("Limite", fields_.text("rate_limiting_resume"));
    out.rights = literal(std::move(conditions));
  }

  void status(dcat::DataService& out) {
    const std::string uptime = fields_.text("uptime");
    const auto monitoring = url("monitoring_link");
    if (uptime.empty() && !monitoring) return;
    std::string words = uptime.empty() ? "Disponibilité suivie" : "Disponibilité : " + uptime + " %";
    if (monitoring) words += " (" + monitoring->value + ")";
    out.status = dcat::Concept{.iri = {}, .label = literal(std::move(words))};
  }

  std::optional<dcat::Iri> url(std::string_view name) {
    const std::string value = fields_.text(name);
    if (value.empty()) return std::nullopt;
    auto whole = resolve_url(page_url_, value);
    if (whole && is_web_url(*whole)) return dcat::Iri{std::move(*whole)};
    found("url_invalid", name, "not an address: " + std::string(cut(value, 200)));
    return std::nullopt;
  }

  void found(std::string_view cause, std::string_view name, std::string message) {
    findings_.push_back(
        {std::string(cause), name.empty() ? std::string() : "/" + std::string(name), std::move(message), ""});
  }

  const Fields& fields_;
  const std::string language_;
  const std::string page_url_;
  std::vector<dcat::Finding>& findings_;
};

}  // namespace

std::string api_gouv_id(json::View element) { return std::string(trim(element["slug"].text())); }

std::string api_gouv_raw(std::string_view element, const std::string* file) {
  json::Writer out;
  out.begin_object().key("listing").raw(element).key("file");
  file == nullptr ? out.null() : out.string(*file);
  out.end_object();
  return out.take();
}

Result<harvest::HarvestedRecord> map_api_gouv(const harvest::HarvestSource& source, harvest::RawSource raw,
                                              dcat::MappingReport* mapping) {
  const auto document = json::Document::parse(raw.bytes);
  if (!document) return document.error();
  const json::View listing = document->root()["listing"];
  FrontMatter file;
  if (const auto text = document->root()["file"].string()) {
    auto read = read_front_matter(*text);
    if (!read) return at("/file", read.error());
    file = std::move(*read);
  }
  harvest::HarvestedRecord record;
  record.remote_id = api_gouv_id(listing);
  const std::string path = listing["path"].text();
  if (auto page = resolve_url(raw.page_url, path); page && !path.empty()) record.remote_url = std::move(*page);
  const Fields fields(listing, std::move(file));
  dcat::DataService service = Mapping(fields, source, raw.page_url, record.findings).service(record.remote_url);
  if (service.title.empty())
    return Error{ErrorCode::invalid_input, "the API has no title", "/listing/title", "", "title_missing"};
  if (mapping != nullptr) {
    mapping->begin_record(record.remote_id);
    fields.tally(*mapping);
  }
  record.record = std::move(service);
  record.raw = std::move(raw);
  return record;
}

}  // namespace moisson::harvesters
