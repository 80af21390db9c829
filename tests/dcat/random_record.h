// Random records for tests: every property of every class is met, with accents, emoji, quotes and empty values among
// them. The same seed gives the same records. They are not canonical: canonicalise() them where that matters.
#pragma once

#include <moisson/dcat/properties.h>
#include <moisson/dcat/record.h>

#include <chrono>
#include <optional>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

namespace moisson::dcat {

class RandomRecord {
 public:
  explicit RandomRecord(std::uint32_t seed) : random_(seed) {}

  Record record() {
    switch (below(6)) {
      case 0:
        return made<DatasetSeries>();
      case 1:
        return made<DataService>();
      default:
        return dataset();
    }
  }
  Dataset dataset() { return made<Dataset>(); }

  // Any value of a type of record.h.
  template <class Value>
  Value made() {
    Value value{};
    fill(value);
    return value;
  }

  std::uint32_t below(std::uint32_t end) { return static_cast<std::uint32_t>(random_() % end); }

  std::string text() {
    static const char* const words[] = {"eau",     "Qualité", "l’air", "œuvre",        "\"zones\"", "inondables",
                                        "données", "😀",       "Île",   "<b>x</b>",     "a\\b",      "50 %",
                                        "É",       "naïve",   "\n",    "日本",         "2024",      "\t",
                                        "d'eau",   "Straße",  "&amp;", "\xE2\x80\xA8", "{}",        "arbres"};
    std::string made;
    for (std::uint32_t i = below(6); i > 0; --i)
      made.append(made.empty() ? "" : " ").append(words[below(std::size(words))]);
    return made;
  }

 private:
  bool chance(std::uint32_t in) { return below(in) == 0; }

  void fill(std::string& value) { value = text(); }
  void fill(Iri& value) { value.value = iri(); }
  void fill(LangString& value) {
    static const char* const languages[] = {"", "fr", "en", "de", "pt-BR"};
    value = {text(), languages[below(5)]};
  }
  void fill(std::uint64_t& value) { value = chance(4) ? UINT64_MAX - below(3) : below(1'000'000'000); }
  void fill(double& value) { value = static_cast<double>(static_cast<std::int32_t>(random_())) / 1024.0; }
  void fill(BoundingBox& value) { value = {number(180), number(90), number(180), number(90)}; }
  void fill(Moment& value) {
    using namespace std::chrono;
    const auto day = sys_days{year{1900 + static_cast<int>(below(200))} / static_cast<int>(1 + below(12)) / 1};
    value.precision = static_cast<Precision>(below(4));
    value.instant = day + hours{below(24 * 28)} + milliseconds{chance(2) ? below(1000) : 0};
  }
  void fill(Concept& value) {
    if (chance(2)) value.iri = iri();
    fill(value.label);
    value.guessed = chance(5);
  }
  template <class Value>
  void fill(std::optional<Value>& value) {
    if (chance(2)) fill(value.emplace());
  }
  template <class Value>
  void fill(std::vector<Value>& values) {
    values.resize(chance(2) ? 0 : below(4));
    for (auto& value : values) fill(value);
    if (!values.empty() && chance(4)) values.push_back(values.front());
  }
  template <class Class>
  requires(std::tuple_size_v<std::remove_cv_t<decltype(properties<Class>)>> > 0) void fill(Class& thing) {
    if constexpr (requires { thing.iri; })
      if (chance(2)) thing.iri = iri();
    for_each_property<Class>([&](const auto& property) { fill(thing.*property.member); });
    if constexpr (requires { thing.guessed; }) thing.guessed = chance(5);
  }

  std::string iri() {
    static const char* const stems[] = {"https://data.example.org/dataset/",
                                        "http://publications.europa.eu/resource/authority/data-theme/",
                                        "urn:uuid:", "https://données.exemple.fr/é/"};
    return stems[below(4)] + std::to_string(below(1000));
  }
  double number(double limit) { return (static_cast<double>(below(2'000'001)) / 1'000'000 - 1) * limit; }

  std::mt19937 random_;
};

}  // namespace moisson::dcat
