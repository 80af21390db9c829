// The form in which a person describes a source: what it sends, read, and what it shows. The fields are one table; those
// of a kind come from its own description of its options (moisson/harvest/harvester.h). Pure.
#pragma once

#include "web/model.h"
#include "web/words.h"

#include <moisson/harvest/harvester.h>
#include <moisson/harvest/source.h>
#include <moisson/harvest/source_edit.h>
#include <moisson/http/message.h>

#include <string>
#include <vector>

namespace moisson::web {

// What the form sent says of the source. A secret that is left empty stays as it is; one whose box "forget" is ticked is
// forgotten. What the values mean is the harvest's to judge.
harvest::SourceEdit read_source_form(const http::Parameters& sent, const harvest::Harvester& kind);

// The parameters that a form of this source would send: what the fields of its settings hold at first.
http::Parameters source_parameters(const harvest::HarvestSource& source);

// Fills FIELD (and OPTION of it) in the model: each field with its value, and the fault told of it, if `wrong` names one.
// `kept`: the names of secrets that are set. Result: whether the fault is one of a field shown.
bool show_source_form(const Words& words, const harvest::Harvester& kind, const http::Parameters& values,
                      const std::vector<std::string>& kept, const Error* wrong, Model& model);

}  // namespace moisson::web
