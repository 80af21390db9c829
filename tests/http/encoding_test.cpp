#include "http/encoding.h"

#include <gtest/gtest.h>

namespace moisson::http {
namespace {

TEST(Encoding, ReadsWhoTakesGzip) {
  for (const char* yes : {"gzip", "GZIP", "br, gzip;q=0.5", "x-gzip", "*", "deflate, *;q=0.1", " gzip ; q=1.0"})
    EXPECT_TRUE(accepts_gzip(yes)) << yes;
  for (const char* no : {"", "identity", "br", "gzip;q=0", "gzip;q=0.000, *", "*;q=0", "gzipped"})
    EXPECT_FALSE(accepts_gzip(no)) << no;
}

TEST(Encoding, CompressesTextOnly) {
  for (const char* yes : {"text/html; charset=utf-8", "application/json", "application/problem+json", "image/svg+xml",
                          "application/rdf+xml", "application/n-triples", "TEXT/CSV"})
    EXPECT_TRUE(is_compressible(yes)) << yes;
  for (const char* no : {"", "image/png", "application/gzip", "application/octet-stream"})
    EXPECT_FALSE(is_compressible(no)) << no;
}

}  // namespace
}  // namespace moisson::http
