// Body streams around another: gzip, and the chunked framing of HTTP/1.1 (RFC 9112 §7.1). One thread at a time.
#pragma once

#include <moisson/http/message.h>

#include <memory>
#include <string>
#include <string_view>

namespace moisson::http {

std::unique_ptr<BodyStream> gzip_stream(std::unique_ptr<BodyStream> inner);
std::unique_ptr<BodyStream> chunked_stream(std::unique_ptr<BodyStream> inner);

// A stream that was begun to see whether it can: `first` again, then what follows.
std::unique_ptr<BodyStream> begun_stream(std::string first, std::unique_ptr<BodyStream> rest);

}  // namespace moisson::http
