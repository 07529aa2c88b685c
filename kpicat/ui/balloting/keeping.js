// Keeps what lets this browser into a meeting, or shows that it chairs one, for a day.
export default function ({ data }) {
  for (const [name, value] of Object.entries(data.cookies))
    document.cookie = `${name}=${value}; path=/; max-age=${value ? 86400 : 0}; SameSite=Strict`;
}
