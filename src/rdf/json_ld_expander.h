// Walks a JSON-LD document as its contexts say (JSON-LD 1.1 API §5.1, expansion) and gives each node to the emitter at
// once, so that memory holds the document and the open nodes, but no expanded copy. One document, one thread.
#pragma once

#include "rdf/json_ld_context.h"
#include "rdf/json_ld_emitter.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::rdf {

class JsonLdExpander {
 public:
  // Takes the place (a JSON pointer) and the words of what was repaired.
  using Remark = std::function<void(std::string, std::string)>;

  // Not `strict`: a value that is wrong is left out with a remark, and the rest is read.
  JsonLdExpander(const RemoteContexts& remote, const std::string& base, TripleSink& sink, bool strict, Remark remark);

  // Errors: of JsonLdContexts, of the sink, and invalid_input with the specification's code in front and the place as
  // a JSON pointer.
  Result<void> document(json::View root);
  bool given() const { return emitter_.given(); }

 private:
  // A member of an object whose key means something.
  struct Entry {
    std::string_view key;
    std::string iri;  // an IRI or a keyword
    json::View value;
    JsonLdContextPtr context;  // the object's own; of a nested one (@nest), with the context of the nesting term
  };
  using Entries = std::vector<Entry>;

  // What the key of a map says of the values below it (§5.1.2 step 13.8).
  struct MapKey {
    std::string id;  // of nodes that have none; empty: it says none
    std::string type;
    std::string predicate;  // of a property-valued index
    std::string_view index_property;
    std::string_view index;
    JsonLdContextPtr context;  // of the map
  };

  struct Step {
    std::string_view key;
    std::size_t index;
    bool is_index;
  };

  // One step down the path, for as long as it lives.
  class Inside {
   public:
    Inside(std::vector<Step>& path, std::string_view key) : path_(path) { path_.push_back({key, 0, false}); }
    Inside(std::vector<Step>& path, std::size_t index) : path_(path) { path_.push_back({{}, index, true}); }
    ~Inside() { path_.pop_back(); }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

   private:
    std::vector<Step>& path_;
  };

  Result<void> expand(const JsonLdContextPtr& context, std::string_view property, json::View element,
                      const JsonLdLink& link, const MapKey* map_key = nullptr);
  Result<void> array(const JsonLdContextPtr& context, std::string_view property, json::View element,
                     const JsonLdLink& link, const MapKey* map_key);
  Result<void> object(const JsonLdContextPtr& context, std::string_view property, json::View element,
                      const JsonLdLink& link, const MapKey* map_key);
  Result<void> text(const JsonLdContext& context, std::string_view property, std::string_view text,
                    const JsonLdLink& link, const MapKey* map_key);
  Result<void> scalar(const JsonLdContext& context, std::string_view property, json::View element,
                      const JsonLdLink& link, const MapKey* map_key);

  Result<JsonLdContextPtr> enter(const JsonLdContextPtr& context, std::string_view property, json::View element,
                                 bool from_map);
  Result<JsonLdContextPtr> enter_types(const JsonLdContextPtr& context, json::View element);
  Result<void> gather(const JsonLdContextPtr& context, json::View element, Entries& entries);
  Result<void> check_collisions(const Entries& entries) const;

  Result<void> value(const Entries& entries, const JsonLdContext& types, const JsonLdLink& link, const MapKey* map_key);
  Result<void> list(const Entries& entries, std::string_view property, const JsonLdLink& link);
  Result<void> node(const Entries& entries, const JsonLdContext& types, const JsonLdLink& link, const MapKey* map_key);
  Result<void> give_node(const JsonLdLink& link, const JsonLdResource& subject, const MapKey* map_key);
  Result<void> types_of(const JsonLdResource& subject, const JsonLdContext& types, json::View value);
  Result<void> keyword(const Entry& entry, const JsonLdResource& subject);
  Result<void> reverse(const Entry& entry, const JsonLdResource& subject);
  Result<void> property(const Entry& entry, const JsonLdResource& subject, bool reversed);
  Result<void> language_map(const Entry& entry, const JsonLdTerm& term, const JsonLdLink& link);
  Result<void> index_map(const Entry& entry, const JsonLdTerm& term, const JsonLdLink& link);
  Result<void> graph_container(const JsonLdContextPtr& context, std::string_view property, json::View element,
                               const JsonLdLink& link, const MapKey* map_key);

  Error bad(std::string_view code, std::string_view what = {}) const;
  std::string pointer() const;
  template <class T>
  Result<T> placed(Result<T>&& result) const {
    if (result) return std::move(result);
    Error error = result.error();
    if (error.where.empty()) error.where = pointer();
    return error;
  }
  Result<void> survive(Result<void>&& result) const;

  JsonLdEmitter emitter_;
  bool strict_;
  Remark remark_;
  JsonLdContexts contexts_;
  std::vector<Step> path_;
  bool direction_met_ = false;
};

}  // namespace moisson::rdf
