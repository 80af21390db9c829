// A JSON list sent piece by piece: packages are read from the store one at a time, so an answer of a thousand large
// ones holds one of them.
#pragma once

#include "api/ckan_package.h"

#include <moisson/http/message.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace moisson::api::ckan {

// before, then the items with commas between them, then behind. `next` replaces its argument by the next item, or
// leaves it empty where the item is gone; false: no more.
std::unique_ptr<http::BodyStream> list_stream(std::string before, std::function<Result<bool>(std::string&)> next,
                                              std::string behind);

// Whole packages, or flat ones of `fields` if there are any. A record that was removed meanwhile, or does not read
// back, is left out: it does not cost the others.
std::unique_ptr<http::BodyStream> package_stream(const Context& context, std::string before,
                                                 std::vector<std::string> ids, std::string behind,
                                                 std::vector<std::string> fields = {});

}  // namespace moisson::api::ckan
