#include "api/usage_count.h"

#include "core/text.h"

#include <chrono>
#include <iterator>

namespace moisson::api {
namespace {

using store::ClientFamily;
using store::SubjectKind;

// Crawlers and harvesters visit everything: what they ask for says nothing of what people look for.
bool is_for_people(ClientFamily family) { return family != ClientFamily::bot && family != ClientFamily::harvester; }

}  // namespace

std::string query_subject(std::string_view typed) {
  std::string subject;
  for (const std::string_view word : split(typed, ' ')) {
    const std::string_view text = trim(word);
    if (text.empty()) continue;
    if (!subject.empty()) subject += ' ';
    subject += lower_ascii(text);
  }
  return subject;
}

void UsageCount::add(const UsageEvent& event) {
  const Instant hour = std::chrono::floor<std::chrono::hours>(event.at);
  const Instant day = std::chrono::floor<std::chrono::days>(event.at);
  if (day != day_) begin_day(day);

  store::UsageCounts one{.requests = 1};
  one.searches = event.search ? 1 : 0;
  one.without_result = event.search && event.found == 0 ? 1 : 0;
  one.views = event.view ? 1 : 0;
  one.downloads = event.download ? 1 : 0;

  store::UsageHour& counted = hours_[hour];
  counted.hour = hour;
  counted.of(event.family) += one;
  if (event.search) ++counted.times[store::time_class(event.took)];
  if (!event.client.empty()) clients_[{event.client, hour}] += one;

  if (!is_for_people(event.family)) return;
  if (event.search) count_subject(SubjectKind::query, event);
  if (event.view) count_subject(SubjectKind::view, event);
  if (event.download) count_subject(SubjectKind::download, event);
}

void UsageCount::count_subject(SubjectKind kind, const UsageEvent& event) {
  Key key{kind, kind == SubjectKind::query ? query_subject(event.subject) : event.subject};
  if (key.second.empty() || key.second.size() > max_subject_bytes) return;
  if (subjects_.size() >= max_subjects && !subjects_.contains(key)) make_room();
  Subject& subject = subjects_[std::move(key)];
  ++subject.times;
  subject.without_result += kind == SubjectKind::query && event.found == 0 ? 1 : 0;
  if (subject.enough) return;
  subject.visitors.insert(event.visitor);
  subject.enough = subject.visitors.size() >= store::visitors_needed;
  if (subject.enough) subject.visitors = {};
}

// One visitor alone cannot crowd out what several ask for: first go the subjects of a single one, then all that too few
// asked for.
void UsageCount::make_room() {
  std::erase_if(subjects_, [](const auto& each) { return !each.second.enough && each.second.visitors.size() < 2; });
  if (subjects_.size() < max_subjects) return;
  std::erase_if(subjects_, [](const auto& each) { return !each.second.enough; });
  if (subjects_.size() < max_subjects) return;
  take_subjects(kept_);
  subjects_.clear();
}

void UsageCount::begin_day(Instant day) {
  take_subjects(kept_);
  subjects_.clear();
  day_ = day;
}

void UsageCount::take_subjects(store::Usage& out) {
  for (auto& [key, subject] : subjects_) {
    if (!subject.enough || subject.times == 0) continue;
    out.subjects.push_back({key.first, day_, key.second, subject.times, subject.without_result});
    subject.times = subject.without_result = 0;
  }
}

store::Usage UsageCount::take() {
  store::Usage out = std::exchange(kept_, {});
  for (auto& [hour, counts] : std::exchange(hours_, {})) out.hours.push_back(std::move(counts));
  for (auto& [key, counts] : std::exchange(clients_, {})) out.clients.push_back({key.first, key.second, counts});
  take_subjects(out);
  return out;
}

void UsageCount::put_back(store::Usage usage) {
  const auto append = [](auto& to, auto& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  append(kept_.hours, usage.hours);
  append(kept_.subjects, usage.subjects);
  append(kept_.clients, usage.clients);
}

}  // namespace moisson::api
