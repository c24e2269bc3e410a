// Files of this machine: sent along as base64, dropped on a page, saved from what the server gives.

async function fileOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let letters = "";
  for (let start = 0; start < bytes.length; start += 0x8000)
    letters += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return { name: file.name, content: btoa(letters) };
}

// Files that are dropped anywhere stand in the fields of the form, in order; then begin is called.
function takeDropped(form, fields, begin) {
  for (const name of ["dragover", "dragleave", "drop"])
    document.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.toggle("over", name === "dragover");
      const { files } = event.dataTransfer;
      if (name !== "drop" || !files.length) return;
      fields.forEach((field, number) => {
        const one = new DataTransfer();
        if (files[number]) one.items.add(files[number]);
        form.elements[field].files = one.files;
      });
      begin();
    });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    begin();
  });
}

function save(name, content) {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const link = make("a", { download: name });
  link.href = URL.createObjectURL(new Blob([bytes]));
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(link.href);
}
