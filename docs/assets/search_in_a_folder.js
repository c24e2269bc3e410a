// A browser starts no worker for a page that is opened from a folder. The search of the site asks for one: here a hidden frame
// does its work, and answers as a worker would.
if (location.protocol === "file:") {
  window.IFrameWorker = window.Worker = class extends EventTarget {
    constructor(address) {
      super()
      const frame = document.createElement("iframe")
      frame.hidden = true
      document.documentElement.append(frame)
      this.inside = frame.contentWindow
      this.inside.postMessage = data => this.answer(data)
      this.inside.importScripts = (...scripts) => scripts.reduce((before, script) => before.then(() => this.load(script)), Promise.resolve())
      this.ready = this.load(address)
    }

    load(address) {
      const script = this.inside.document.createElement("script")
      script.src = new URL(address, location.href).href
      return new Promise((resolve, reject) => {
        script.onload = resolve
        script.onerror = reject
        this.inside.document.body.append(script)
      })
    }

    answer(data) {
      const message = new MessageEvent("message", { data })
      this.dispatchEvent(message)
      this.onmessage?.(message)
    }

    postMessage(data) {
      this.ready.then(() => this.inside.dispatchEvent(new this.inside.MessageEvent("message", { data })))
    }

    terminate() {
      this.inside.frameElement.remove()
    }
  }
}
