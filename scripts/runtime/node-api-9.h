// Force-included before better-sqlite3's one C++ file, so that it runs on Node-API 9 (Electron 33, Node 20).
//
// Why: Node-API 10 allows a reference to any value; Node-API 9 only to objects and functions. better-sqlite3 13 keeps
// references to strings (column names, error codes) and aborts on anything older. Holding on to a value is the only
// thing it needs Node-API 10 for, and an object can hold it: a value that may not be referenced is put, as property
// "0", into a fresh object, and that object is referenced. Reading the reference takes the value out again.
// The object carries a type tag, so a caller's own object is never mistaken for a box.
//
// Only strong references to boxed values make sense: a weak one would lose the box, not the value, at the next
// collection. Node-API 10 treats weak references to primitives the same way (they cannot be weak), and
// better-sqlite3 makes none.
#pragma once

#include <node_api.h>

namespace exhibit {

// A random 128-bit number; any will do, as long as nobody else tags objects with it.
inline constexpr napi_type_tag kBoxTag = {0x6f1d2c9b8a3e4f57ULL, 0x91c4b7e05d2a6833ULL};

inline napi_status createReference(napi_env env, napi_value value, uint32_t count, napi_ref* result) {
  napi_valuetype type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != napi_ok) return status;
  if (type == napi_object || type == napi_function) return napi_create_reference(env, value, count, result);

  napi_value box;
  status = napi_create_object(env, &box);
  if (status == napi_ok) status = napi_type_tag_object(env, box, &kBoxTag);
  if (status == napi_ok) status = napi_set_element(env, box, 0, value);
  if (status == napi_ok) status = napi_create_reference(env, box, count, result);
  return status;
}

inline napi_status readReference(napi_env env, napi_ref reference, napi_value* result) {
  napi_status status = napi_get_reference_value(env, reference, result);
  if (status != napi_ok || *result == nullptr) return status;

  napi_valuetype type;
  status = napi_typeof(env, *result, &type);
  if (status != napi_ok || type != napi_object) return status;  // a box is never a function

  bool boxed = false;
  status = napi_check_object_type_tag(env, *result, &kBoxTag, &boxed);
  if (status != napi_ok || !boxed) return status;
  return napi_get_element(env, *result, 0, result);
}

}  // namespace exhibit

// From here on, whoever asks Node-API for a reference gets ours.
#define napi_create_reference exhibit::createReference
#define napi_get_reference_value exhibit::readReference
