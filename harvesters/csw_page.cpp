#include "harvesters/csw_page.h"

#include <moisson/dcat/properties.h>

#include "core/cause.h"
#include "core/text.h"
#include "core/url.h"
#include "core/xml_controls.h"
#include "core/xml_tree.h"
#include "harvesters/iso19139.h"

#include <algorithm>
#include <charconv>
#include <memory>

namespace moisson::harvesters {
namespace {

constexpr std::uint64_t max_page_bytes = std::uint64_t{64} << 20;
constexpr std::size_t max_words = 2'000;         // of an exception
constexpr std::size_t max_records = 10'000;      // of a page; a hundred were asked for
constexpr std::size_t max_declarations = 1'000;  // of namespaces, around the records

// The parameters of a question, in small letters.
constexpr std::string_view asked[] = {"service",   "version",      "request",       "resulttype", "elementsetname",
                                      "typenames", "outputschema", "startposition", "maxrecords", "sortby",
                                      "id"};

std::optional<std::uint64_t> number(std::string_view text) {
  text = trim(text);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// What begins RDF/XML: its root, or a node element of DCAT's.
bool is_dcat(const xml::Name& name) {
  return name.ns == dcat::ns::dcat || (name.ns == dcat::ns::rdf && name.local == "RDF");
}

bool is_html(std::string_view name) { return iequals_ascii(name, "html"); }

// The children of SearchResults, and DCAT beside it, become trees, one at a time; of the rest only attributes and
// exceptions are of interest.
class PageHandler final : public xml::Handler {
 public:
  // `base`: the service's address, by which relative IRIs stay the same from page to page.
  PageHandler(CswPage& page, std::string base) : page_(page), base_(std::move(base)) {}

  Result<void> start_element(const xml::Name& name, const std::vector<xml::Attribute>& attributes,
                             const std::vector<xml::NamespaceDeclaration>& declarations) override {
    if (builder_.building()) return builder_.start(name, attributes, declarations);
    if (depth_ == 0) {
      root_ = name.local;
      in_results_ = results_seen_ = root_ == "GetRecordByIdResponse";
      if (is_html(root_))
        return Error{ErrorCode::refused, "an HTML page where the service's XML belongs (a login or challenge page?)",
                     "", "", "html_instead"};
    }
    if ((in_results_ && depth_ > 0) || (depth_ == 1 && is_dcat(name))) {
      std::vector<std::pair<std::string, std::string>> in_scope;
      for (auto known = scope_.rbegin(); known != scope_.rend(); ++known) {
        const bool hidden =
            std::any_of(in_scope.begin(), in_scope.end(), [&](const auto& own) { return own.first == known->first; });
        if (!hidden) in_scope.push_back(*known);
      }
      in_dcat_ = is_dcat(name);
      return builder_.start(name, attributes, declarations, in_scope);
    }
    ++depth_;
    for (const auto& declaration : declarations) scope_.emplace_back(declaration.prefix, declaration.iri);
    if (scope_.size() > max_declarations)
      return Error{ErrorCode::too_large, "more than 1,000 namespaces are declared around the records", "", ""};
    in_exception_ = name.local == "ExceptionText";
    if (name.local == "Exception")
      words_.append(words_.empty() ? "" : " ").append(value_of(attributes, "exceptionCode"));
    if (name.local == "SearchResults") {
      in_results_ = results_seen_ = true;
      page_.matched = number(value_of(attributes, "numberOfRecordsMatched")).value_or(0);
      page_.next = number(value_of(attributes, "nextRecord"));
      page_.returned = number(value_of(attributes, "numberOfRecordsReturned"));
    }
    return {};
  }

  Result<void> end_element(const xml::Name& name) override {
    if (builder_.building()) {
      if (builder_.end()) take();
      if (page_.records.size() > max_records)
        return Error{ErrorCode::too_large, "a page holds more than 10,000 records", "", ""};
      return {};
    }
    --depth_;
    in_exception_ = false;
    if (name.local == "SearchResults") in_results_ = false;
    return {};
  }

  Result<void> characters(std::string_view text) override {
    if (builder_.building()) return builder_.characters(text);
    if (in_exception_ && words_.size() < max_words) words_.append(" ").append(trim(text));
    return {};
  }

  bool results_seen() const { return results_seen_; }
  const std::string& root() const { return root_; }
  std::string words() const { return shorten(clean_utf8(words_), 300); }  // of exceptions

 private:
  static std::string_view value_of(const std::vector<xml::Attribute>& attributes, std::string_view name) {
    for (const auto& attribute : attributes) {
      if (attribute.name.local == name) return attribute.value;
    }
    return {};
  }

  void take() {
    const xml::Element tree = builder_.take();
    if (in_dcat_) return read_into(page_.dcat, xml::write(tree), base_);
    CswRecord record{tree.local, is_iso19139(tree)};
    if (record.iso19139) {
      record.id = iso19139_id(tree);
      record.title = iso19139_title(tree);
    }
    record.xml = xml::write(tree);
    page_.records.push_back(std::move(record));
  }

  CswPage& page_;
  std::string base_;
  xml::TreeBuilder builder_;
  std::vector<std::pair<std::string, std::string>> scope_;  // of the few elements around the records
  std::string root_;
  std::string words_;
  std::size_t depth_ = 0;
  bool in_results_ = false;
  bool results_seen_ = false;
  bool in_exception_ = false;
  bool in_dcat_ = false;  // the tree that is being built
};

bool begins_as_html(std::string_view head) {
  const std::string text = lower_ascii(trim(head.substr(0, 200)));
  return text.starts_with("<!doctype html") || text.starts_with("<html");
}

}  // namespace

std::uint64_t CswPage::size() const {
  std::uint64_t described = nodes.records.size();
  if (returned && *returned != 0) described = std::min(described, *returned);
  return records.size() + described;
}

std::string csw_url(const CswQuestion& question) {
  auto url = parse_url(question.base);
  if (!url) return question.base;
  std::string query;
  for (const std::string_view part : split(url->query, '&')) {
    const std::string name = lower_ascii(part.substr(0, part.find('=')));
    if (!name.empty() && std::find(std::begin(asked), std::end(asked), name) == std::end(asked))
      query.append(part) += '&';
  }
  query += "service=CSW&version=2.0.2&request=";
  if (question.id.empty()) {
    // Every service has records of the type csw:Record (§10.8.4.9), and gives them in other schemas.
    const bool iso = question.schema == CswQuestion().schema;
    query += std::string("GetRecords&resultType=results&elementSetName=full&typeNames=") +
             (iso ? "gmd:MD_Metadata" : "csw:Record");
  } else {
    query += "GetRecordById&elementSetName=full";
  }
  query += "&outputSchema=" + percent_encode(question.schema);
  if (question.id.empty())
    query += "&startPosition=" + std::to_string(question.start) + "&maxRecords=" + std::to_string(question.rows);
  else
    query += "&id=" + percent_encode(question.id);
  if (question.id.empty() && !question.sort.empty()) query += "&sortBy=" + question.sort;
  url->query = std::move(query);
  url->has_query = true;
  return url->text();
}

Result<CswPage> fetch_csw(net::Fetcher& fetcher, const CswQuestion& question, int attempts) {
  net::FetchRequest request(csw_url(question));
  request.accept = "application/xml, text/xml;q=0.9";
  request.max_bytes = max_page_bytes;
  request.attempts = attempts;
  CswPage page;
  std::unique_ptr<PageHandler> handler;
  std::unique_ptr<xml::Parser> parser;
  std::optional<Error> broken;
  xml::ControlFilter controls;
  const auto restart = [&] {
    page = CswPage();
    page.url = page.dcat.url = request.url;
    broken.reset();
    controls = {};
    handler = std::make_unique<PageHandler>(page, question.base.substr(0, question.base.find_first_of("?#")));
    parser = std::make_unique<xml::Parser>(*handler);
  };
  restart();
  bool first = true;
  auto answer = fetcher.fetch(request, [&](std::string_view piece, bool begin) -> Result<void> {
    if (begin) {
      restart();
      first = true;
    }
    if (first && begins_as_html(piece)) {
      broken = Error{ErrorCode::refused, "an HTML page where the service's XML belongs (a login or challenge page?)",
                     "", "open the address in a browser; the service may have moved", "html_instead"};
    }
    first = false;
    if (broken) return {};
    if (auto fed = parser->feed(controls.take(piece)); !fed) broken = fed.error();
    return {};
  });
  if (!answer) return answer.error();
  if (!broken) {
    auto ended = parser->feed(controls.rest());
    if (ended) ended = parser->finish();
    if (!ended) broken = ended.error();
  }
  if (broken) return at(request.url, filed("syntax_error", std::move(*broken)));
  page.controls = controls.places();
  page.dcat.graph.index();
  page.nodes = find_records(rdf::RecordReader(page.dcat.graph));
  if (handler->results_seen()) return page;
  if (handler->root().find("Exception") != std::string::npos) {
    return Error{ErrorCode::invalid_input, "the portal says: " + handler->words(), request.url, "", "portal_error"};
  }
  return Error{ErrorCode::invalid_input,
               "not an answer to CSW's GetRecords but <" + shorten(handler->root(), 100) + ">", request.url,
               "is this the address of a CSW 2.0.2 service?", "not_a_catalog"};
}

std::uint64_t next_position(const CswPage& page, const CswQuestion& question) {
  const std::uint64_t got = page.size();
  const std::uint64_t after = question.start + got;
  if (got == 0) return 0;
  if (page.matched == 0) {
    if (page.next && *page.next > question.start) return *page.next;
    return got >= question.rows ? after : 0;
  }
  if (page.next && *page.next > question.start && *page.next <= page.matched) return *page.next;
  return after <= page.matched ? after : 0;
}

}  // namespace moisson::harvesters
