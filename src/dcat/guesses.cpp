#include "dcat/guesses.h"

#include <moisson/dcat/properties.h>

#include <string>
#include <type_traits>

namespace moisson::dcat {
namespace {

std::string_view words(const LangStrings& labels) { return labels.empty() ? std::string_view() : labels.front().value; }

class Guesses {
 public:
  explicit Guesses(MappingReport& mapping) : mapping_(mapping) {}

  template <class Class>
  void walk(const Class& value, std::string_view path) {
    for_each_property<Class>([&](const auto& property) { look(value.*property.member, path, property.name); });
  }

 private:
  void look(const Concept& term, std::string_view path, std::string_view name) {
    if (term.guessed) told(path, name, term.iri.empty() ? words(term.label) : std::string_view(term.iri));
  }
  void look(const Agent& agent, std::string_view path, std::string_view name) {
    if (agent.guessed) told(path, std::string(name) + "/*/key", agent.key);
  }
  void look(const Location& place, std::string_view path, std::string_view name) {
    if (place.guessed) told(path, name, place.territory.empty() ? words(place.label) : place.territory.front());
  }
  void look(const Distribution& distribution, std::string_view, std::string_view name) {
    walk(distribution, std::string(name) + "/*/");
  }
  template <class Value>
  void look(const std::optional<Value>& value, std::string_view path, std::string_view name) {
    if (value) look(*value, path, name);
  }
  template <class Value>
  void look(const std::vector<Value>& values, std::string_view path, std::string_view name) {
    for (const Value& value : values) look(value, path, name);
  }
  // What is never guessed.
  template <class Value>
  requires(!std::is_same_v<Value, Concept> && !std::is_same_v<Value, Agent> && !std::is_same_v<Value, Location> &&
           !std::is_same_v<Value, Distribution>) void look(const Value&, std::string_view, std::string_view) {}

  void told(std::string_view path, std::string_view name, std::string_view example) {
    if (auto* const fresh = mapping_.add(PropertyUse::guessed, std::string(path).append(name)))
      MappingReport::set_example(*fresh, example);
  }

  MappingReport& mapping_;
};

}  // namespace

void tally_guesses(const Record& record, MappingReport& mapping) {
  std::visit([&](const auto& value) { Guesses(mapping).walk(value, ""); }, record);
}

}  // namespace moisson::dcat
