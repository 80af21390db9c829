// JsonReader: the fields of one JSON object as typed values. What cannot be read becomes a finding with its JSON
// pointer, never a failure. A field is found by its name, in the object or in the list of extras that a portal keeps
// beside it (CKAN). Not thread-safe; views into the record's document, which outlives it.
#pragma once

#include "core/json.h"

#include <moisson/core/lang_string.h>
#include <moisson/core/time.h>
#include <moisson/dcat/finding.h>
#include <moisson/dcat/mapping_report.h>
#include <moisson/dcat/record.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::harvesters {

// What the fields of one portal have in common.
struct PortalContext {
  std::string base;                        // of the portal, without a slash at its end
  std::string language;                    // of literals that name none; may be empty
  dcat::MappingReport* mapping = nullptr;  // told of every field by tell(); may be absent
};

class JsonReader {
 public:
  static constexpr std::size_t max_items = 1'000;  // of one list, where nothing else is said

  // A field that stands beside the object's own, and comes after them.
  struct Extra {
    std::string_view key;
    json::View value;
  };

  // `pointer`: of `object` inside the record. `findings`: at most 200 are kept; outlives the reader, as `context` does.
  JsonReader(const PortalContext& context, json::View object, std::string pointer, std::vector<dcat::Finding>& findings,
             std::vector<Extra> extras = {});

  // Fields by the first of `names` that has a value; `names` is separated by blanks.
  bool has(std::string_view names) const;
  std::string text(std::string_view names, std::size_t max_bytes = 4'000);
  LangStrings literals(std::string_view names, std::size_t max_bytes = 4'000);  // also {"fr": …, "en": …}
  // An array, a JSON array in a string, or one text. At most max_items, with a finding where there are more.
  std::vector<std::string> list(std::string_view names);
  // An array's items, or the one value there is. At most `max`, with a finding where there are more.
  std::vector<json::View> values(std::string_view names, std::size_t max = max_items);
  std::vector<dcat::Iri> iris(std::string_view names);  // of list(); others are findings
  std::vector<dcat::Concept> terms(std::string_view names);
  std::optional<dcat::Concept> term(std::string_view names);
  std::optional<Moment> moment(std::string_view names);
  std::optional<std::uint64_t> size(std::string_view names);
  std::optional<double> number(std::string_view names);
  std::optional<dcat::Iri> link(std::string_view names);                       // a URL, made absolute with a finding
  std::optional<dcat::Iri> link_of(std::string value, std::string_view name);  // the same of one value of field `name`
  std::string email(std::string_view names);                                   // without mailto:

  // Fields of the object that are read beside this reader; separated by blanks.
  void use(std::string_view names) const;

  // Tells the mapping report of each field that has a value: read, if one of the calls above asked for it, else
  // dropped.
  void tell() const;

  bool array_stands_at(std::string_view name) const { return object_[name].is(json::Kind::array); }

  // An array of the object itself; nothing, with a finding, for what is no array. null and a missing field are empty.
  std::vector<json::View> array(std::string_view name);

  LangStrings literal(std::string value) const;  // in the context's language; empty for an empty value
  std::string clean(std::string_view value, std::string_view name, std::size_t max_bytes);
  std::string place(std::string_view name) const;  // the JSON pointer of a field of that name
  void found(std::string_view cause, std::string_view name, std::string message, std::string hint = {});
  const PortalContext& context() const { return context_; }
  std::vector<dcat::Finding>& findings() { return findings_; }

 private:
  struct Field {
    std::string_view name;  // as found; empty if there is none
    json::View value;
    std::size_t extra = 0;  // 1 + its index
  };
  Field find(std::string_view names) const;
  void tell(std::string_view path, std::string_view name, json::View value) const;
  void tell_cut(std::string_view name, std::size_t kept);

  const PortalContext& context_;
  json::View object_;
  std::string pointer_;
  std::vector<dcat::Finding>& findings_;
  std::vector<Extra> extras_;
  mutable std::vector<std::string> asked_;  // names of fields that were found; kept for tell() alone
  std::vector<std::string> lost_;           // those of them that could not be read
};

}  // namespace moisson::harvesters
