// Canonical JSON of a record, both ways: properties in table order, literals and set-like values sorted and made
// distinct, empty ones left out, distributions in the order given. Equal meaning gives equal bytes; the content hash is over them. Pure.
#pragma once

#include <moisson/core/result.h>
#include <moisson/dcat/record.h>

#include <string>
#include <string_view>

namespace moisson::dcat {

// The record in canonical order: what from_json(to_json(record)) gives.
void canonicalise(Record& record);

std::string to_json(const Record& record);        // {"kind":"dataset","iri":…,"title":[{"value":…,"lang":…}],…}
Result<Record> from_json(std::string_view json);  // corrupt, with a JSON pointer in `where`

std::string content_hash(std::string_view canonical_json);  // 64 hexadecimal characters

}  // namespace moisson::dcat
