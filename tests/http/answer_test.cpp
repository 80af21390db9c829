#include "http/answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace moisson::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Request get_request() {
  Request request;
  request.method = "GET";
  return request;
}

Response json(std::string body) {
  Response response;
  response.headers.set("Content-Type", "application/json");
  response.body = std::move(body);
  return response;
}

TEST(Answer, LeavesSmallBodiesPlain) {
  Request request = get_request();
  request.headers.set("Accept-Encoding", "gzip");
  const Answer answer = finish(request, json("{}"), {}, Instant{});
  EXPECT_THAT(answer.bytes, Not(HasSubstr("Content-Encoding")));
  EXPECT_THAT(answer.bytes, HasSubstr("Vary: Accept-Encoding\r\n"));
  EXPECT_TRUE(answer.bytes.ends_with("\r\n\r\n{}"));
}

TEST(Answer, AddsToTheHandlersVary) {
  Response response = json("{}");
  response.headers.set("Vary", "Accept-Language");
  EXPECT_THAT(finish(get_request(), std::move(response), {}, Instant{}).bytes,
              HasSubstr("Vary: Accept-Language, Accept-Encoding\r\n"));
}

TEST(Answer, NeverTurnsAnErrorIntoNotModified) {
  Request request = get_request();
  request.headers.set("If-None-Match", "*");
  Response response = json("{}");
  response.status = 404;
  response.headers.set("ETag", "\"a\"");
  EXPECT_EQ(finish(request, std::move(response), {}, Instant{}).status, 404);
}

TEST(Answer, NeverAnswersAPostWithNotModified) {
  Request request = get_request();
  request.method = "POST";
  request.headers.set("If-None-Match", "\"a\"");
  Response response = json("{}");
  response.headers.set("ETag", "\"a\"");
  EXPECT_EQ(finish(request, std::move(response), {}, Instant{}).status, 200);
}

TEST(Answer, SaysWhenTheConnectionStaysForHttp10) {
  Exchange exchange;
  exchange.http_1_0 = true;
  EXPECT_THAT(finish(get_request(), json("{}"), exchange, Instant{}).bytes, HasSubstr("Connection: keep-alive\r\n"));
  exchange.keep_alive = false;
  EXPECT_THAT(finish(get_request(), json("{}"), exchange, Instant{}).bytes, HasSubstr("Connection: close\r\n"));
}

TEST(Answer, GivesNoBodyWithoutContent) {
  Response response = json("ignored");
  response.status = 204;
  const Answer answer = finish(get_request(), std::move(response), {}, Instant{});
  EXPECT_THAT(answer.bytes, Not(HasSubstr("Content-Length")));
  EXPECT_TRUE(answer.bytes.ends_with("\r\n\r\n"));
}

}  // namespace
}  // namespace moisson::http
