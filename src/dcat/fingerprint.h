// The fingerprint by which a moved record is known: what it says, without anything that carries the portal's own
// identifiers or dates. Two records of one source with equal fingerprints, one gone and one new, are one that moved.
// Different records may share one (a title and nothing else): the caller takes it only where it is unique. Pure.
#pragma once

#include <moisson/dcat/record.h>

#include <string>

namespace moisson::dcat {

// 64 hexadecimal characters.
std::string fingerprint(const Record& record);

}  // namespace moisson::dcat
