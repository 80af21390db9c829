// The values of data.json that are more than a text: each may come as a text, an address or an object, alone or in an
// array, and each property is read by one function here. What cannot be read is a finding of the reader. Pure.
#pragma once

#include "harvesters/json_reader.h"

#include <moisson/dcat/record.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moisson::harvesters {

// What stands for a value that may be an object: the text itself, or its @id, address, notation or name.
std::string text_of(json::View value);

std::vector<dcat::Concept> data_json_terms(JsonReader& reader, std::string_view names);
std::optional<dcat::Concept> data_json_term(JsonReader& reader, std::string_view names);
std::vector<dcat::Iri> data_json_iris(JsonReader& reader, std::string_view names);
LangStrings data_json_words(JsonReader& reader, std::string_view names, std::size_t max_bytes = 4'000);
std::vector<dcat::Agent> data_json_agents(JsonReader& reader, std::string_view name);
std::vector<dcat::ContactPoint> data_json_contacts(JsonReader& reader);
std::vector<dcat::Location> data_json_places(JsonReader& reader, std::string_view name);
std::vector<dcat::PeriodOfTime> data_json_periods(JsonReader& reader, std::string_view name);

}  // namespace moisson::harvesters
