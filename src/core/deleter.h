// Deleter: lets a std::unique_ptr own what a C library hands out, by the function that frees it.
#pragma once

namespace moisson {

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* thing) const {
    Free(thing);
  }
};

}  // namespace moisson
