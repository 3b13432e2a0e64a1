// Compile with: cc main.c -lcurl
// Reads my_photo.png from the folder it is run in.
#include <stdio.h>
#include <stdlib.h>
#include <curl/curl.h>

int main(void)
{
  CURL *curl = curl_easy_init();
  if(!curl)
    return EXIT_FAILURE;

  struct curl_slist *headers = NULL;
  headers = curl_slist_append(headers, "Content-Type: image/png");

  curl_easy_setopt(curl, CURLOPT_URL, "https://api.stripe.com/v1/things");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);

  FILE *file = fopen("my_photo.png", "rb");
  if(!file)
    return EXIT_FAILURE;

  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READDATA, file);
  curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)size);

  CURLcode result = curl_easy_perform(curl);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  if(result != CURLE_OK)
    fprintf(stderr, "%s\n", curl_easy_strerror(result));
  else
    printf("\n%ld\n", status);

  curl_slist_free_all(headers);
  fclose(file);
  curl_easy_cleanup(curl);
  return result == CURLE_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
