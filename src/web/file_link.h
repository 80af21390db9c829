// The links to a record's files. They go through an address of ours that sends on to the file, so that downloads can be
// counted without a script and without following anybody: and only to what the record itself names. Pure.
#pragma once

#include <moisson/dcat/record.h>

#include <string>
#include <string_view>

namespace moisson::web {

// Where a file is had: its first download address, else its first access address; empty if it has none.
std::string file_address(const dcat::Distribution& file);

// What stands for that address in ours: the same as long as the address is, wherever the file stands in its record.
std::string file_key(std::string_view address);

// The address of that key among the record's files, if it is one of the web; empty: the record has no such file.
std::string address_of(std::string_view key, const dcat::Record& record);

}  // namespace moisson::web
